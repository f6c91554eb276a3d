/** What a kind of push is: one file that knows how one vendor sends, and how it proves who it is. */
import type { z } from "zod";
import type { KeySets } from "./key-sets.ts";
import type { PushRefusal } from "./refusal.ts";

/** A request of the vendor's. */
export interface Delivery {
  /** @param name in lower case. @returns null where it was not sent. */
  header(name: string): string | null;
  body: Uint8Array<ArrayBuffer>;
}

/** By what a delivery is told from a stranger's. */
interface Means<S> {
  settings: S;
  /** Null where none was given yet. */
  secret: string | null;
  keys: KeySets;
  /** Milliseconds since 1970. */
  now: number;
}

export interface PushKind<S = unknown> {
  /** Name on the command line and in the database: `okta-hook`. */
  readonly kind: string;
  /** Name for people: `Okta event hook`. */
  readonly label: string;
  /** The adapter's format that reads its records. */
  readonly format: string;
  /** Where its secret comes from: Rollcall makes it, the vendor does, or there is none. */
  readonly secret: "made" | "given" | "none";
  readonly settings: z.ZodType<S>;
  /** Answers the vendor's question whether this address listens to it; null where this is no such question. */
  greet(header: Delivery["header"]): Response | null;
  /**
   * Makes sure who sent it, and that it is whole.
   * @returns its records, in any layout that ingest reads.
   * @throws {PushRefusal}
   */
  open(means: Means<S>, delivery: Delivery): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The answer once the records are kept.
   * @param unreadable why one of them could not be read, which is kept as it came; null where all could.
   */
  taken(unreadable: string | null): Response;
  refused(refusal: PushRefusal): Response;
}

/** A kind, with its settings' type checked. */
export const pushKind = <S>(made: PushKind<S>): PushKind => made as unknown as PushKind;

/** For vendors that ask nothing and want to hear only whether it arrived: a record that can't be read is kept, and not sent again. */
export const taken = (): Response => new Response(null, { status: 200 });
