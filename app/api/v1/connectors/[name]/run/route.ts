/** POST /api/v1/connectors/…/run {backfill?}: has it run at once, also what was set aside. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { runConnector } from "../../../../../../lib/connectors/run-connector.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.strictObject({ backfill: z.uuid().nullable().default(null) });
const EXPECTED = 'Send {}, or {"backfill": …} with the id of a backfill of this connector.';

export const POST = guarded(
  "operate",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) =>
    answer(async () => {
      const { backfill } = await readJson(request, BODY, EXPECTED);
      await runConnector(db, workspace, by, (await params).name, backfill);
      return {};
    }),
);
