/** What a connector is: one file that knows how one vendor hands out one kind of records. */
import type { z } from "zod";
import type { Instant } from "../ingest/event.ts";
import type { Authorizer } from "./auth.ts";
import type { Http } from "./http.ts";

/** A bounded time, from `from` on and before `to`. */
export interface Window {
  from: Instant;
  to: Instant;
}

/** One answer of the vendor. */
export interface Page {
  /** The records, in any layout that ingest reads; null where there are none. */
  body: Uint8Array | null;
  /** Where the next page is, as JSON: kept with these records. */
  cursor: unknown;
  /** Whether there are no more by now. */
  last: boolean;
}

export interface Pull<S> {
  settings: S;
  http: Http;
  /** Of the page that was kept last; null before the first, or where it can't be used any more. */
  cursor: unknown;
  /** Of a backfill; null: what is new. */
  window: Window | null;
}

export interface Connector<S = unknown> {
  /** Name on the command line and in the database: `okta-logs`. */
  readonly kind: string;
  /** Name for people: `Okta System Log`. */
  readonly label: string;
  /** The adapter's format that reads its records. */
  readonly format: string;
  /** The name of the source where none is given; null: the connector's own, for each is of another application. */
  readonly source: string | null;
  /** Seconds between two runs where nothing is said. */
  readonly everySeconds: number;
  /** How many days back the vendor keeps records; null where it gives what is, and not what was. */
  readonly days: number | null;
  readonly settings: z.ZodType<S>;
  /** How it proves to the vendor who it is. @throws {ConnectorProblem} when the secret is of no use. */
  authorizer(settings: S, secret: string): Authorizer;
  /** The address that all of its calls go to. */
  base(settings: S): string;
  /** All pages from the cursor on, to the last that there is by now. */
  pages(pull: Pull<S>): AsyncGenerator<Page>;
}

/** A connector, with its settings' type checked. */
export const connector = <S>(made: Connector<S>): Connector => made as unknown as Connector;

/** How far back `pages` begins when it has never run. */
export function startOf(since: string | undefined, days: number, now: Instant): Instant {
  const earliest = now - days * 86_400_000;
  return since === undefined ? earliest : Math.max(Date.parse(since), earliest);
}
