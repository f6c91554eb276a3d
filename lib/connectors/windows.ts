/** A backfill: a long time, fetched in short windows, so that it can be taken up wherever it was cut off. */
import { z } from "zod";
import type { Connector, Page, Pull, Window } from "./connector.ts";

/** A week of a large company's log is some hundred pages: an hour's work at most. */
const WINDOW_MS = 7 * 86_400_000;

const CURSOR = z.object({
  /** Where the window begins that is being read. */
  from: z.number(),
  /** The connector's own, within it. */
  inner: z.unknown(),
});

/** Share of a backfill that is done, 0 to 1: by whole windows. */
export function shareDone({ from, to }: Window, cursor: unknown, done: boolean): number {
  if (done || to <= from) return 1;
  const at = CURSOR.safeParse(cursor).data?.from ?? from;
  return Math.min(Math.max((at - from) / (to - from), 0), 1);
}

/** All pages of a backfill, the earliest window first. */
export async function* windowedPages(
  connector: Connector,
  { settings, http, cursor, window }: Pull<unknown> & { window: Window },
): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  let { from, inner } = read.success ? read.data : { from: window.from, inner: null as unknown };
  while (from < window.to) {
    const to = Math.min(from + WINDOW_MS, window.to);
    const atEnd = to === window.to;
    for await (const { body, cursor, last } of connector.pages({
      settings,
      http,
      cursor: inner ?? null,
      window: { from, to },
    })) {
      if (!last) yield { body, cursor: { from, inner: cursor }, last: false };
      else yield { body, cursor: { from: to, inner: null }, last: atEnd };
      if (last && atEnd) return;
    }
    [from, inner] = [to, null];
  }
  // The last window had nothing at all.
  yield { body: null, cursor: { from, inner: null }, last: true };
}
