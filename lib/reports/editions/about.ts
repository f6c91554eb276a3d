/** What rows of some people are told with: as all people told it together when that was last worked out, and as set by now. */
import type { Db } from "../../../db/client.ts";
import { readApplicationSettings } from "../../../db/queries/application-settings.ts";
import { readFailureDecisions } from "../../../db/queries/failure-decisions.ts";
import type { Across } from "../across.ts";
import type { ReportParams } from "../contract.ts";
import type { About } from "../model.ts";
import type { Reading } from "../readings.ts";
import { slasOf } from "../settings.ts";
import type { SourceFacts } from "../source-facts.ts";
import { keptDocument } from "./documents.ts";

/** As JSON has it. */
export interface AboutDocument {
  sources: SourceFacts[];
  labels: [string, string][];
  signIns: string[];
  credentialUses: string[];
  successes: [string, number[]][];
  provisioned: string[];
  readings: [string, Reading[]][];
  departments: string[];
}

export const documentOf = ({ sources, across }: About): AboutDocument => ({
  sources,
  labels: [...across.labels],
  signIns: [...across.signIns],
  credentialUses: [...across.credentialUses],
  successes: [...across.successes].map(([application, times]) => [application, [...times]]),
  provisioned: [...across.provisioned],
  readings: [...across.readings].map(([application, readings]) => [application, [...readings]]),
  departments: [...across.departments],
});

const acrossOf = (document: AboutDocument): Across => ({
  labels: new Map(document.labels),
  signIns: new Set(document.signIns),
  credentialUses: new Set(document.credentialUses),
  successes: new Map(document.successes),
  provisioned: new Set(document.provisioned),
  readings: new Map(document.readings),
  departments: new Set(document.departments),
});

/** By the document: it is put together once. */
const known = new WeakMap<AboutDocument, Across>();

/**
 * @param params.asOf of a past moment; else of now, with what all tell as of the last time that it was worked out.
 * @throws {ReportPending} when that was never done.
 */
export async function keptAbout(
  db: Db,
  workspace: string,
  { asOf }: Pick<ReportParams, "asOf">,
): Promise<About> {
  const [{ content }, applicationSettings, decisions] = await Promise.all([
    keptDocument<AboutDocument>(db, workspace, "about", { asOf }),
    readApplicationSettings(db, workspace),
    readFailureDecisions(db.sql, workspace),
  ]);
  const across = known.get(content) ?? acrossOf(content);
  known.set(content, across);
  return {
    asOf: asOf ?? Date.now(),
    customer: null,
    sources: content.sources,
    across,
    applicationSettings,
    failureDecisions: decisions.filter(({ at }) => asOf === undefined || at <= asOf),
    slaOf: slasOf(applicationSettings),
  };
}
