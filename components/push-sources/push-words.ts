/** What is asked for each kind of push, and what is to be done at its vendor. */
import type { PushSourceTold } from "../../lib/push/list-push-sources.ts";

interface PushField {
  key: string;
  label: string;
  help?: string;
  placeholder?: string;
  required?: true;
}

interface PushWords {
  fields: readonly PushField[];
  /** What is done with the address at the vendor. */
  steps: string;
  /** What the secret is called there. */
  secret: string;
}

const OKTA: PushWords = {
  fields: [
    {
      key: "header",
      label: "Header of the secret",
      placeholder: "Authorization",
      help: "The “authentication field” of the hook.",
    },
  ],
  steps:
    "In Okta: Workflow, Event Hooks, Create Event Hook. Enter the address, the header as authentication field and the secret, choose the events, and verify.",
  secret: "Authentication secret",
};

const WORKOS: PushWords = {
  fields: [
    {
      key: "tolerance",
      label: "Tolerance in seconds",
      placeholder: "180",
      help: "So long after its signature a delivery may arrive.",
    },
  ],
  steps:
    "In WorkOS: Webhooks, Create Webhook. Enter the address and choose the dsync events. WorkOS then shows a signing secret: enter it below; until then all is refused.",
  secret: "Signing secret",
};

const SET: PushWords = {
  fields: [
    { key: "issuer", label: "Issuer", help: "The “iss” of its tokens.", required: true },
    {
      key: "audience",
      label: "Audience",
      help: "The “aud” of tokens that are meant for here.",
      required: true,
    },
    {
      key: "jwksUrl",
      label: "Address of its keys (JWKS)",
      placeholder: "https://example.com/jwks.json",
      required: true,
    },
  ],
  steps: "Give the transmitter this address as the one to push to (RFC 8935). Its signature says who sends.",
  secret: "",
};

const WORDS: Record<string, PushWords> = { "okta-hook": OKTA, "workos-webhook": WORKOS, "set-push": SET };

/** @param kind as the API has it; what is not known asks for nothing. */
export const pushWords = (kind: string): PushWords =>
  WORDS[kind] ?? { fields: [], steps: "", secret: "Secret" };

/** The settings that were entered: what was left empty is not among them. */
export const pushSettings = (
  kind: string,
  entered: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    pushWords(kind).fields.flatMap(({ key }) => {
      const value = entered[key]?.trim() ?? "";
      return value === "" ? [] : [[key, value]];
    }),
  );

/** What a source waits for, in a word or two; null where it waits for nothing. */
export const waitsFor = ({
  secret,
  hasSecret,
}: Pick<PushSourceTold, "secret" | "hasSecret">): string | null =>
  secret !== "none" && !hasSecret ? "its secret" : null;
