/** Reading a report's parameters from text: command line options and query strings alike. */
import { z } from "zod";
import type { ReportParams } from "./contract.ts";

/** A parameter that can't be understood; the message names it and says what it takes. */
export class ParamProblem extends Error {
  override name = "ParamProblem";
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

const DATE = z.iso.date();
const TIME = z.iso.datetime({ offset: true });

/** The years that ISO 8601 writes with four digits, in UTC: what lies outside would be spelt otherwise in the answer. */
const EARLIEST = Date.parse("0001-01-01T00:00:00.000Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * A day means all of it: its first moment where a period begins, its last where it ends.
 * @returns milliseconds since 1970; null for what is no time of the years 1 to 9999.
 */
export function instant(text: string, edge: "start" | "end"): number | null {
  const day = DATE.safeParse(text).success;
  if (!day && !TIME.safeParse(text).success) return null;
  const time = day ? `${text}T${edge === "start" ? "00:00:00.000" : "23:59:59.999"}Z` : text;
  const at = Date.parse(time);
  return at >= EARLIEST && at <= LATEST ? at : null;
}

/** The names under which parameters come, and how they are called in messages. */
export type RawParams = {
  [K in "asOf" | "from" | "to" | "days" | "application" | "customer" | "by"]?: string | undefined;
};

/**
 * @param raw texts as given; absent and empty ones are not set.
 * @param nameOf how the person knows a parameter: `--as-of` or `asOf`.
 * @throws {ParamProblem}
 */
export function parseParams(
  raw: RawParams,
  nameOf: (key: keyof RawParams) => string = (key) => key,
): ReportParams {
  const time = (key: "asOf" | "from" | "to", edge: "start" | "end"): number | undefined => {
    const text = raw[key]?.trim();
    if (!text) return undefined;
    const at = instant(text, edge);
    if (at !== null) return at;
    throw new ParamProblem(
      nameOf(key),
      `${nameOf(key)} takes a day or a time with its offset, like 2026-03-31 or 2026-03-31T09:00:00Z, not "${text}".`,
    );
  };
  const days = raw.days?.trim() ? Number(raw.days) : undefined;
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 3650)) {
    throw new ParamProblem(
      nameOf("days"),
      `${nameOf("days")} takes a whole number from 1 to 3650, not "${raw.days}".`,
    );
  }
  const name = (key: "application" | "customer"): string | undefined => {
    const text = raw[key]?.trim() || undefined;
    if (!text?.includes("\0")) return text;
    throw new ParamProblem(nameOf(key), `${nameOf(key)} holds the character NUL, which no name has.`);
  };
  const by = raw.by?.trim() || "application";
  if (by !== "application" && by !== "customer")
    throw new ParamProblem(nameOf("by"), `${nameOf("by")} takes application or customer, not "${raw.by}".`);
  const params: ReportParams = {
    asOf: time("asOf", "end"),
    from: time("from", "start"),
    to: time("to", "end"),
    days,
    application: name("application"),
    customer: name("customer"),
    ...(by === "customer" ? { by } : {}),
  };
  if (params.from !== undefined && params.to !== undefined && params.from > params.to) {
    throw new ParamProblem(nameOf("from"), `${nameOf("from")} lies after ${nameOf("to")}.`);
  }
  return params;
}

/** The parameters within what somebody may see: of a customer viewer always that customer's records. */
export const within = ({ customer }: { customer: string | null }, params: ReportParams): ReportParams =>
  customer === null ? params : { ...params, customer };
