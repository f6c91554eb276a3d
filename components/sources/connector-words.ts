/** What live sources are called, and what is asked for each kind. */
import type { BackfillTold, ConnectorState } from "../../lib/reports/contract.ts";
import type { Word } from "../format/words.ts";

export const STATE_WORDS: Record<ConnectorState, Word> = {
  healthy: { word: "Healthy", tone: "good" },
  behind: { word: "Behind", tone: "risk" },
  failing: { word: "Failing", tone: "bad" },
  paused: { word: "Paused", tone: "none" },
};

export const BACKFILL_WORDS: Record<BackfillTold["state"], Word> = {
  running: { word: "Fetching", tone: "unknown" },
  failing: { word: "Failing", tone: "bad" },
  "set-aside": { word: "Set aside", tone: "bad" },
  done: { word: "Done", tone: "good" },
};

/** A field of the form that sets one up. */
interface SettingField {
  key: string;
  label: string;
  help?: string;
  placeholder?: string;
  required?: true;
}

export interface KindForm {
  fields: readonly SettingField[];
  /** What the secret is, and where one gets it. */
  secret: string;
}

const OKTA: KindForm = {
  fields: [
    {
      key: "url",
      label: "Address of the organization",
      placeholder: "https://example.okta.com",
      required: true,
    },
    {
      key: "clientId",
      label: "Client id",
      help: "Of an API service app with a public key. Empty: the secret is an API token.",
    },
    { key: "keyId", label: "Key id", help: "Of a private key in PEM; a JWK brings its own." },
  ],
  secret: "The API token, or the app's private key as a JWK or PEM.",
};

const ENTRA: KindForm = {
  fields: [
    {
      key: "tenant",
      label: "Tenant",
      help: "Its id or its domain.",
      placeholder: "example.onmicrosoft.com",
      required: true,
    },
    { key: "clientId", label: "Application (client) id", required: true },
  ],
  secret: "The client secret, or the private key and the certificate as PEM, one after the other.",
};

const WORKOS: KindForm = {
  fields: [{ key: "organization", label: "Organization", help: "Empty: those of all organizations." }],
  secret: "The API key of the environment.",
};

const SET: KindForm = {
  fields: [
    {
      key: "url",
      label: "Polling address",
      placeholder: "https://example.com/ssf/streams/poll",
      required: true,
    },
    { key: "issuer", label: "Issuer", help: 'The "iss" of its tokens.', required: true },
    {
      key: "audience",
      label: "Audience",
      help: 'The "aud" of tokens that are meant for here.',
      required: true,
    },
    { key: "jwksUrl", label: "Address of its keys (JWKS)", required: true },
  ],
  secret: "The access token with which the stream is polled.",
};

const SCIM: KindForm = {
  fields: [
    {
      key: "url",
      label: "Address of its SCIM service",
      help: "What stands before /Users.",
      placeholder: "https://app.example.com/scim/v2",
      required: true,
    },
    {
      key: "application",
      label: "Application",
      help: "Its name as your identity provider's log has it: what it shows is compared with what the log says.",
      required: true,
    },
    { key: "filter", label: "Filter", help: "Empty: all users. With one nobody is called missing." },
  ],
  secret: "A bearer token that may read users and groups.",
};

const OF_VENDOR: Record<string, KindForm> = {
  okta: OKTA,
  entra: ENTRA,
  workos: WORKOS,
  set: SET,
  scim: SCIM,
};

/** What is asked for a kind: its vendor's, the word before the first dash. */
export const formOf = (kind: string): KindForm => OF_VENDOR[kind.split("-")[0] ?? ""] ?? WORKOS;

/** The settings that were entered: what was left empty is not among them. */
export const settingsOf = (kind: string, entered: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    formOf(kind).fields.flatMap(({ key }) => {
      const value = entered[key]?.trim() ?? "";
      return value === "" ? [] : [[key, value]];
    }),
  );
