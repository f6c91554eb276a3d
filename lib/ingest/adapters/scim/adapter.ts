/** The log of a SCIM server: one HTTP request a record. docs/formats/scim.md. */
import type { ActorRef, ApplicationRef } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { type JsonObject, objectOf, requiredInstant, requiredObject, shown, textOf } from "../read.ts";
import { operationsOf } from "./bulk.ts";
import { directoryEventsOf, directoryOf, isDirectoryExchange } from "./directory.ts";
import { methodOf, type Target } from "./event-types.ts";
import { type Common, type Exchange, eventsOf } from "./exchange.ts";
import {
  applicationNameOf,
  bodyOf,
  callerOf,
  first,
  hostOf,
  NAMES,
  statusOf,
  timesOf,
  wordsOf,
} from "./record.ts";
import { idOf, targetOf } from "./resource.ts";

/** Where neither the record nor its URL names the application. */
const UNNAMED = "SCIM application";

const pathOf = (record: JsonObject): string | null =>
  first(record, NAMES.path, (value) => {
    const path = textOf(value);
    return path !== null && targetOf(path) !== null ? path : null;
  });

function applicationOf(record: JsonObject, path: string): ApplicationRef {
  const name =
    first(record, NAMES.application, applicationNameOf) ??
    (path.includes("://") ? hostOf(path) : null) ??
    first(record, NAMES.host, hostOf);
  return { id: null, name: name ?? UNNAMED };
}

/** Who used `/Me` is a person. */
function actorOf(record: JsonObject, target: Target): ActorRef | null {
  const caller = first(record, NAMES.caller, callerOf);
  if (target.endpoint !== "me" || caller?.type != null) return caller;
  return { id: caller?.id ?? null, type: "user", name: caller?.name ?? null };
}

export const scim: Adapter = {
  format: "scim",
  label: "SCIM request log",

  detect(value) {
    const record = objectOf(value);
    return record !== null && first(record, NAMES.method, methodOf) !== null && pathOf(record) !== null;
  },

  parse(value) {
    const record = requiredObject(value);
    const method = first(record, NAMES.method, methodOf);
    if (method === null) throw new RecordError("The record names no HTTP method that SCIM knows.");
    const path = pathOf(record);
    const target = path === null ? null : targetOf(path);
    if (path === null || target === null) {
      throw new RecordError(
        `The record's path leads to no SCIM resource: ${shown(first(record, NAMES.path, textOf))}.`,
      );
    }
    const at = requiredInstant(timesOf(record));
    const status = first(record, NAMES.status, statusOf);
    const exchange: Exchange = {
      method,
      target,
      status,
      request: first(record, NAMES.request, bodyOf),
      response: first(record, NAMES.response, bodyOf),
      location: first(record, NAMES.location, textOf),
      words: (status ?? 0) < 400 ? null : first(record, [...NAMES.response, ...NAMES.error], wordsOf),
      filtered: target.search || /[?&]filter=/i.test(path),
    };
    const common: Common = {
      nativeId: first(record, NAMES.id, idOf),
      nativeType: nativeTypeOf(exchange),
      at,
      application: applicationOf(record, path),
      actor: actorOf(record, target),
      correlationId: first(record, NAMES.correlation, idOf),
    };
    const directory = directoryOf(record);
    if (directory !== null && isDirectoryExchange(exchange))
      return directoryEventsOf(exchange, common, directory);
    const operations = target.endpoint === "bulk" ? operationsOf(exchange) : [];
    if (operations.length === 0) return eventsOf(exchange, common);
    return operations.flatMap((one) => eventsOf(one, { ...common, nativeType: nativeTypeOf(one) }));
  },
};

const ENDPOINTS = { users: "/Users", groups: "/Groups", me: "/Me", bulk: "/Bulk", service: "/" } as const;

/** `PATCH /Users`: what kind of request it is, without whom it is about. */
const nativeTypeOf = ({ method, target }: Exchange): string =>
  `${method} ${ENDPOINTS[target.endpoint]}${target.search ? "/.search" : ""}`;
