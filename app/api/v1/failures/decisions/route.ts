/**
 * POST /api/v1/failures/decisions {verb, groups, …}: what becomes of failure groups, one entry in the audit log for all of them.
 * Answers with the numbers of the decisions, which {verb: "undo", decisions} takes back.
 */
import { z } from "zod";
import type { Db } from "../../../../../db/client.ts";
import type { Caller } from "../../../../../lib/auth/caller.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { acknowledgeFailures } from "../../../../../lib/failures/acknowledge-failures.ts";
import { assignFailures } from "../../../../../lib/failures/assign-failures.ts";
import { noteFailure } from "../../../../../lib/failures/note-failure.ts";
import { reopenFailures } from "../../../../../lib/failures/reopen-failures.ts";
import { snoozeFailures } from "../../../../../lib/failures/snooze-failures.ts";
import { undoFailureDecisions } from "../../../../../lib/failures/undo-failure-decisions.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const groups = z.array(z.string().max(64)).min(1).max(500);

const BODY = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("acknowledge"), groups }),
  z.object({ verb: z.literal("reopen"), groups }),
  z.object({ verb: z.literal("assign"), groups, owner: z.uuid().nullable() }),
  z.object({ verb: z.literal("snooze"), groups, until: z.string().max(40) }),
  z.object({ verb: z.literal("note"), groups, note: z.string().max(10_000) }),
  z.object({ verb: z.literal("undo"), decisions: z.array(z.int().positive()).min(1).max(500) }),
]);
const EXPECTED =
  "Send verb (acknowledge, assign, snooze, note, reopen or undo) and groups as JSON; with assign owner, with snooze until, with note note; with undo decisions in place of groups.";

function decided(
  db: Db,
  workspace: string,
  by: Caller,
  body: z.infer<typeof BODY>,
): Promise<readonly number[]> {
  switch (body.verb) {
    case "acknowledge":
      return acknowledgeFailures(db, workspace, by, body.groups);
    case "reopen":
      return reopenFailures(db, workspace, by, body.groups);
    case "assign":
      return assignFailures(db, workspace, by, body.groups, body.owner);
    case "snooze":
      return snoozeFailures(db, workspace, by, body.groups, body.until);
    case "note":
      return noteFailure(db, workspace, by, body.groups, body.note);
    case "undo":
      return undoFailureDecisions(db, workspace, by, body.decisions);
  }
}

export const POST = guarded("triage", ({ db, workspace, by }, request) =>
  answer(async () => ({
    decisions: await decided(db, workspace, by, await readJson(request, BODY, EXPECTED)),
  })),
);
