/** What an adapter is: one file that knows one format, pure, without clock, database or framework. */
import type { NormalEvent } from "../event.ts";
import type { TableKind } from "./table.ts";

export interface Adapter {
  /** Name on the command line and in the database: `okta`. */
  readonly format: string;
  /** Name for people: `Okta System Log`. */
  readonly label: string;
  /** The kinds of tables whose rows are records of this format. */
  readonly tables?: readonly TableKind[];
  /**
   * Whether the format's table of event types has an answer for a type, be it that no rule reads it. Without it every type
   * counts as known.
   */
  isKnownType?(nativeType: string): boolean;
  /** Whether a parsed JSON value is one record of this format. Cheap; never throws. */
  detect(value: unknown): boolean;
  /**
   * The events of one record, at least one; the first is the record's own, others follow from it.
   * @throws {RecordError} with a sentence for the person who must act, when the record can't be read.
   */
  parse(value: unknown): NormalEvent[];
}

/** A record that can't be read; the message says which field is wrong and how. */
export class RecordError extends Error {
  override name = "RecordError";
}
