/** An administrator holds tables that every page reads, in a transaction that is left open. */
import { setTimeout as sleep } from "node:timers/promises";
import { PAGES_LOCK_TIMEOUT_MS } from "../../../db/client.ts";
import { ask } from "../client.ts";
import type { Fault } from "./fault.ts";

/** Beside the wait for the lock: the answer's own way, on a busy machine. */
const SLACK_MS = 5_000;

export const tableLocked: Fault = {
  name: "table locked",
  what: "an administrator locks the tables of the log and of what is worked out of it, and leaves the transaction open",
  isFelt: true,
  async befall({ at, seconds }) {
    const wrong: string[] = [];
    await at.owner().sql.begin(async (sql) => {
      await sql`/* cross-workspace: an administrator locks the tables of all */ lock table subjects, segments, ingests in access exclusive mode`;
      const [web] = at.webs();
      const end = sleep(Math.max(seconds * 1000, PAGES_LOCK_TIMEOUT_MS + 1_000));
      const answer = await ask(web?.origin ?? "", at.operator, "/api/v1/reports/coverage?limit=1");
      if (answer.error !== "503 busy") wrong.push(`a report was answered with ${answer.error}`);
      if (answer.ms > PAGES_LOCK_TIMEOUT_MS + SLACK_MS)
        wrong.push(`a report was answered after ${Math.round(answer.ms)} ms`);
      await end;
    });
    return wrong;
  },
};
