/** Reports and records with pseudonyms in place of people, for those who are to have the figures and not the names. Pure. */
import { hkdfSync } from "node:crypto";
import { decodeEvents } from "../../db/log/codec.ts";
import type { NormalEvent } from "../ingest/event.ts";
import type { ReportName } from "../reports/contract.ts";
import { type FoldedReport, isRows, mapRows } from "../reports/fold.ts";
import type { Classes, Kind } from "./classes.ts";
import { namedIn } from "./marks.ts";
import { keyFor, pseudonymOf } from "./pseudonym.ts";
import { REPORT_CLASSES } from "./report-classes.ts";

/** In place of sentences: nobody can tell whom they name. */
const WITHHELD = "[withheld]";

/**
 * The key of one customer's pseudonyms: the same in all packs of that customer, and no other's tells of them.
 * @param installation the secret of this installation, which lies outside of the database.
 */
export function pseudonymKey(installation: string, workspace: string, customer: string): Buffer {
  const own = Buffer.from(hkdfSync("sha256", installation, "rollcall", "pseudonyms", 32));
  return keyFor(own, JSON.stringify([workspace, customer]));
}

const given = (key: Uint8Array, value: string): string =>
  value.trim() === "" ? value : pseudonymOf(key, value);

function replaced(kind: Kind, text: string, key: Uint8Array): string {
  switch (kind) {
    case "plain":
      return text;
    case "person":
      return given(key, text);
    case "words":
      return WITHHELD;
    case "ref": {
      // Of a connection it names the application; of a credential its id.
      const named = namedIn(text) ?? (text.startsWith("c:") ? text.slice(text.indexOf(":", 2) + 1) : null);
      return named === null ? text : text.slice(0, text.length - named.length) + given(key, named);
    }
  }
}

type AnyClass = Kind | ((beside: never) => Kind) | { readonly [field: string]: AnyClass };

/** @throws Error for a text that no class is known of: better no pack than one that names somebody. */
function walked(
  value: unknown,
  kind: AnyClass | undefined,
  owner: unknown,
  key: Uint8Array,
  path: string,
): unknown {
  if (value === null || typeof value === "number" || typeof value === "boolean" || value === undefined)
    return value;
  if (Array.isArray(value)) return value.map((member) => walked(member, kind, owner, key, path));
  if (typeof value === "string") {
    const own = typeof kind === "function" ? kind(owner as never) : kind;
    if (typeof own !== "string") throw new Error(`Nobody has said whether ${path} tells of a person.`);
    return replaced(own, value, key);
  }
  const fields = typeof kind === "object" ? kind : {};
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [
      name,
      walked(member, fields[name], value, key, `${path}.${name}`),
    ]),
  );
}

/**
 * A report with pseudonyms; each row of its lists gets them when it is read.
 * @param key as {@link pseudonymKey} gives it.
 */
export function pseudonymiseReport<N extends ReportName>(
  name: N,
  report: FoldedReport<N>,
  key: Uint8Array,
): FoldedReport<N> {
  const classes: { readonly [field: string]: AnyClass | undefined } = REPORT_CLASSES[name];
  return Object.fromEntries(
    Object.entries(report).map(([field, value]) => {
      const own = (one: unknown) => walked(one, classes[field], report, key, `${name}.${field}`);
      return [field, isRows(value) ? mapRows(value, own) : own(value)];
    }),
  ) as FoldedReport<N>;
}

const EVENT_CLASSES: Classes<Omit<NormalEvent, "attributes" | "attributesBefore">> = {
  // An HR file numbers its records by employee, a log ties them together by whoever did it.
  nativeId: "person",
  nativeType: "plain",
  layer: "plain",
  operation: "plain",
  outcome: "plain",
  object: "plain",
  detail: "plain",
  person: { id: "person", externalId: "person", userName: "person", email: "person", displayName: "person" },
  application: { id: "plain", name: "plain" },
  account: { id: "person", userName: "person", displayName: "person" },
  entitlement: { kind: "plain", id: "plain", name: "plain" },
  credential: { id: "person", name: "person" },
  actor: { id: "person", type: "plain", name: "person" },
  error: { class: "plain", code: "plain", scimType: "plain", message: "words", advice: "words" },
  correlationId: "person",
};

const attributes = (of: NormalEvent["attributes"], key: Uint8Array): NormalEvent["attributes"] =>
  of &&
  Object.fromEntries(
    Object.entries(of).map(([name, value]) => [name, name === "department" ? value : given(key, value)]),
  );

/** What was read from a record, without what is not set. @param encoded as `encodeEvents` wrote it. */
export function pseudonymiseRecord(
  encoded: string,
  source: string,
  key: Uint8Array,
): Record<string, unknown>[] {
  return decodeEvents(encoded, "", source).map(({ id: _id, sourceId: _source, ...event }) => {
    const { attributes: after, attributesBefore: before, ...rest } = event;
    const named = walked(rest, EVENT_CLASSES as AnyClass, null, key, "event") as typeof rest;
    const all = { ...named, attributes: attributes(after, key), attributesBefore: attributes(before, key) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  });
}
