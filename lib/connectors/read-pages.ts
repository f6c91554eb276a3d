/** Page after page of a vendor's into the log, until there are no more or it is time to end. */

import type { Db } from "../../db/client.ts";
import type { ConnectorWork } from "../../db/queries/connector-work.ts";
import type { Connector as Stored } from "../../db/queries/connectors.ts";
import { ensureSource } from "../../db/queries/sources.ts";
import { adapterOf } from "../ingest/adapters/registry.ts";
import type { Page } from "./connector.ts";
import { ConnectorProblem } from "./problem.ts";
import { pullRecords } from "./pull-records.ts";
import { storePage } from "./store-page.ts";
import type { Vendor } from "./vendor.ts";
import { windowedPages } from "./windows.ts";

/** What a run did. */
export interface RunResult {
  accepted: number;
  duplicates: number;
  rejected: number;
  pages: number;
  /** Whether there is more to read at once. */
  more: boolean;
  /** Whether it brought anything at all, and so its ingest has begun. */
  begun: boolean;
  /** Why it ended early, in words; null where it went well. */
  problem: string | null;
}

export const nothingYet = (): RunResult => ({
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  pages: 0,
  more: false,
  begun: false,
  problem: null,
});

export interface Reading {
  db: Db;
  workspace: string;
  stored: Stored;
  work: ConnectorWork;
  vendor: Vendor;
  /** Asked after each page. */
  isTimeUp: () => boolean;
}

/** Makes the source known, and the ingest. @throws {ConnectorProblem} when the source is another customer's. */
async function begin({ db, workspace, stored, work, vendor: { connector } }: Reading): Promise<void> {
  const { source, customer } = stored;
  const onRecord = await ensureSource(db, workspace, { source, format: connector.format, customer });
  if (customer !== null && onRecord !== customer) {
    throw new ConnectorProblem(
      "bad-settings",
      `The source "${source}" belongs to the customer "${onRecord}": give the connector a source of its own.`,
    );
  }
  await pullRecords(db, workspace, stored, work.work, connector.format);
}

function pagesOf({ work, vendor: { connector, settings, http } }: Reading): AsyncGenerator<Page> {
  const { cursor, windowFrom: from, windowTo: to } = work;
  return from === null || to === null
    ? connector.pages({ settings, http, cursor, window: null })
    : windowedPages(connector, { settings, http, cursor, window: { from, to } });
}

/**
 * @param result is told of each page that is kept, so that whoever catches what is thrown knows them too.
 * @throws {ConnectorProblem} {@link Later} {@link WorkMoved}
 */
export async function readPages(reading: Reading, result: RunResult): Promise<void> {
  const { db, workspace, stored, work, vendor } = reading;
  const adapter = adapterOf(vendor.connector.format);
  if (adapter === undefined) throw new Error(`There is no format "${vendor.connector.format}".`);
  const target = { workspace, work: work.work, ingest: work.work, source: stored.source, adapter };
  let { step } = work;
  let bytesRead = 0;
  for await (const page of pagesOf(reading)) {
    if (page.body !== null && !result.begun) {
      await begin(reading);
      result.begun = true;
    }
    bytesRead += page.body?.length ?? 0;
    const kept = await storePage(db, target, page, step, bytesRead);
    step++;
    result.pages++;
    result.accepted += kept.accepted;
    result.duplicates += kept.duplicates;
    result.rejected += kept.rejected;
    if (!page.last && reading.isTimeUp()) {
      result.more = true;
      return;
    }
  }
}
