/** POST /api/v1/connectors/…/backfills {from, to}: has it fetch a past time, beside what is new. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { backfillConnector } from "../../../../../../lib/connectors/backfill-connector.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const TIME = z.union([z.iso.date(), z.iso.datetime()]);
const BODY = z.strictObject({ from: TIME, to: TIME });
const EXPECTED = 'Send {"from": …, "to": …}, each a day (2026-03-01) or a time (2026-03-01T12:00:00Z).';

export const POST = guarded(
  "operate",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) =>
    answer(async () => {
      const { from, to } = await readJson(request, BODY, EXPECTED);
      const window = { from: Date.parse(from), to: Date.parse(to) };
      return { backfill: await backfillConnector(db, workspace, by, (await params).name, window) };
    }),
);
