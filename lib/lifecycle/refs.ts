/** Refs: how an event names whom or what it is about, before linking says which subject that is. */
import type { Instant, NormalEvent } from "../ingest/event.ts";

/**
 * What the log says of who is who. `value` is what `ref` is tied to, `first` when that was first said. Names and
 * external ids are a person's, or of an account the ones that its application knows the owner by.
 */
export interface LinkFact {
  ref: string;
  kind: "seen" | "name" | "external" | "person" | "alias";
  value: string;
  first: Instant;
}

/** A user name or e-mail as it is compared: trimmed, lower-case (RFC 7643 §4.1.1: userName is case-insensitive). */
export function normaliseName(name: string): string {
  return name.trim().toLowerCase();
}

/** The key of an application: its label trimmed, white space folded, lower-case. */
export function applicationKey(name: string): string {
  let key = applicationKeys.get(name);
  if (key === undefined) {
    key = name.trim().replace(/\s+/gu, " ").toLowerCase();
    if (applicationKeys.size >= MAX_KEYS) applicationKeys.clear();
    applicationKeys.set(name, key);
  }
  return key;
}

/** Asked for every event, of a few hundred names; hostile input may hold any number. */
const applicationKeys = new Map<string, string>();
const MAX_KEYS = 10_000;

/** In a ref each part but the last is percent-encoded, so that the first colons divide it. */
const part = encodeURIComponent;

export const personRef = (source: string, id: string): string => `p:${part(source)}:${id}`;
export const nameRef = (name: string): string => `n:${normaliseName(name)}`;
const applicationRef = (application: string): string => `a:${application}`;

/**
 * The last part of a ref: a person's or credential's id at its source, a name, and of an account the user name, or `#` and its
 * id. `refs_near` of the database says the same.
 */
export const endOf = (ref: string): string => ref.slice(ref.indexOf(":", 2) + 1 || 2);

const credentialRef = (source: string, id: string): string => `c:${part(source)}:${id}`;
const accountIdRef = (application: string, id: string): string => `x:${part(application)}:#${id}`;
const accountNameRef = (application: string, name: string): string =>
  `x:${part(application)}:${normaliseName(name)}`;

/**
 * Refs of an account by the one word that it is known by; whether that is its id or its user name, nothing tells.
 * @param application key of the application.
 */
export const refsOfAccount = (application: string, account: string): string[] => [
  accountIdRef(application, account),
  accountNameRef(application, account),
];

/** Refs of a credential, whichever of the sources tells of it. */
export const refsOfCredential = (sources: readonly string[], id: string): string[] =>
  sources.map((source) => credentialRef(source, id));

/** Refs of an account, the strongest first: by its id at the application, by its user name there. */
export function accountRefs(event: NormalEvent): string[] {
  if (event.application === null || event.account === null) return [];
  const application = applicationKey(event.application.name);
  const refs: string[] = [];
  if (event.account.id !== null) refs.push(accountIdRef(application, event.account.id));
  if (event.account.userName !== null) refs.push(accountNameRef(application, event.account.userName));
  return refs;
}

/**
 * The ref under which an event is gathered; null when no rule reads it. An account goes before a person's name: an
 * application names the person in some of its records, the account in all.
 * `p:` a person by the source's id, `n:` a person by name alone, `x:` an account, `c:` a credential, `a:` an
 * application's connection and its groups.
 */
export function refOf(event: NormalEvent, source: string): string | null {
  if (event.credential !== null) return credentialRef(source, event.credential.id);
  if ((event.object === "application" || event.object === "group") && event.application !== null) {
    return applicationRef(applicationKey(event.application.name));
  }
  if (event.object === "group") return null;
  if (event.person?.id) return personRef(source, event.person.id);
  const account = accountRefs(event)[0];
  if (account !== undefined) return account;
  const name = event.person?.userName ?? event.person?.email;
  return name ? nameRef(name) : null;
}

/** What an application says of an account's owner. An externalId is whatever the client took: often a user name. */
function namesBeside({ person, account }: NormalEvent): string[] {
  const own = account?.userName ? normaliseName(account.userName) : null;
  const said = [person?.userName, person?.email, person?.externalId];
  const names = said.map((name) => (name ? normaliseName(name) : null));
  return names.filter((name) => name !== null && name !== own) as string[];
}

/** What one event says of who is who. */
export function linkFactsOf(event: NormalEvent, source: string): LinkFact[] {
  const facts: LinkFact[] = [];
  // What was decided of somebody says nothing of who they are.
  if (event.layer === "governance") return facts;
  const say = (ref: string, kind: LinkFact["kind"], value: string) =>
    facts.push({ ref, kind, value, first: event.at });
  const ref = refOf(event, source);
  if (ref !== null) say(ref, "seen", "");
  const person = event.person?.id ? personRef(source, event.person.id) : null;
  if (event.credential !== null) {
    // A revocation may name the administrator who did it; creating and using name the owner.
    const byOwner = event.operation === "credential-create" || event.operation === "sign-in";
    if (ref !== null && person !== null && byOwner) say(ref, "person", person);
  }
  if (event.person !== null && person !== null) {
    for (const name of [event.person.userName, event.person.email]) {
      if (name) say(person, "name", normaliseName(name));
    }
    if (event.person.externalId) say(person, "external", event.person.externalId);
    if (person !== ref) say(person, "seen", "");
  }
  const accounts = accountRefs(event);
  for (const account of accounts) {
    say(account, "seen", "");
    if (person !== null) say(account, "person", person);
    else {
      for (const name of namesBeside(event)) say(account, "name", name);
      if (event.person?.externalId) say(account, "external", event.person.externalId);
    }
  }
  if (accounts[0] !== undefined && accounts[1] !== undefined) say(accounts[0], "alias", accounts[1]);
  return facts;
}

/** A value in a key: what is missing differs from every text. Texts hold no NUL (lib/ingest/wellformed.ts). */
const keyed = (value: string | null): string => (value === null ? "\u0000" : `=${value}\u0000`);

/**
 * All that {@link linkFactsOf} reads of an event but its time, in one text: of two events with the same key the later one
 * says nothing new.
 */
export function linkKeyOf(event: NormalEvent, source: string): string {
  // What was decided here says nothing of who is who.
  if (event.layer === "governance") return "g";
  const { person, account, application, credential, object } = event;
  let key = keyed(source) + keyed(object === "application" || object === "group" ? object : null);
  if (person !== null) {
    key += `p${keyed(person.id)}${keyed(person.externalId)}${keyed(person.userName)}${keyed(person.email)}`;
  }
  if (application !== null) key += `a${keyed(application.name)}`;
  if (account !== null) key += `x${keyed(account.id)}${keyed(account.userName)}`;
  if (credential !== null) key += `c${keyed(credential.id)}${keyed(event.operation)}`;
  return key;
}

/** Facts that say the same, as one: the first time that it was said. Sorted, so that order never matters. */
export function mergeFacts(facts: Iterable<LinkFact>): LinkFact[] {
  const merged = new Map<string, LinkFact>();
  for (const fact of facts) {
    const key = `${fact.ref}\u0000${fact.kind}\u0000${fact.value}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...fact });
    else known.first = Math.min(known.first, fact.first);
  }
  return [...merged.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
}
