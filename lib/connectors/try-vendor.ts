/** Whether a vendor answers with these settings and this secret: one page is asked for, and nothing is kept. */

import { adapterOf } from "../ingest/adapters/registry.ts";
import { frames } from "../ingest/framing.ts";
import { Later } from "./problem.ts";
import { vendorOf } from "./vendor.ts";

/** Both rest on what is new, so that a first page is small. */
const RECENT_MS = 86_400_000;

/**
 * @returns a sentence of what was found.
 * @throws {ConnectorProblem} that says why it did not.
 */
export async function tryVendor(kind: string, settings: unknown, secret: string): Promise<string> {
  const { connector, settings: read, http } = vendorOf(kind, settings, secret, AbortSignal.timeout(60_000));
  const { host } = new URL(http.base);
  const now = http.now();
  const window = connector.days === null ? null : { from: now - RECENT_MS, to: now };
  let records = 0;
  try {
    for await (const { body } of connector.pages({ settings: read, http, cursor: null, window })) {
      const adapter = adapterOf(connector.format);
      const chunks = (async function* () {
        if (body !== null) yield body;
      })();
      for await (const some of frames(chunks, { isRecord: (value) => adapter?.detect(value) ?? false }))
        records += some.length;
      break;
    }
  } catch (error) {
    if (error instanceof Later) return `${host} knows this secret, and takes no more calls for now.`;
    throw error;
  }
  if (records === 0) return `${host} answers. It has nothing new of the last day.`;
  return `${host} answers. Its first page has ${records === 1 ? "one record" : `${records} records`}.`;
}
