/** The clock of Rollcall's processes is set back by an hour. */
import { setTimeout as sleep } from "node:timers/promises";
import { ask, jsonOf } from "../client.ts";
import { STEP_MS } from "../clock.ts";
import type { Fault } from "./fault.ts";

interface Page {
  asOf: string;
  rows: { subject: string; application: string }[];
  page: { next: string | null };
}

/** What the clocks of two processes may differ by, and an answer may be old. */
const SLACK_MS = 5 * 60_000;

export const clockSetBack: Fault = {
  name: "clock back an hour",
  what: "the clock of all processes is set back by an hour, while they run (their preload has CLOCK)",
  isFelt: false,
  async befall({ at, seconds }) {
    const wrong: string[] = [];
    const web = at.webs()[0];
    const path = "/api/v1/reports/accounts?limit=20";
    const page = async (more = "") =>
      jsonOf<Page>(await ask(web?.origin ?? "", at.operator, `${path}${more}`));
    const first = await page();
    for (const one of at.processes) one.signal("SIGUSR2");
    await sleep(seconds * 1000);
    // A page that somebody is on goes on where it was.
    const next = await page(`&cursor=${first.page.next}`);
    if (next.asOf !== first.asOf || next.rows.length === 0) wrong.push("the next page is of another moment");
    // Asked anew, a report is of the time that it is now.
    const fresh = Date.parse((await page("&days=91")).asOf);
    if (Math.abs(fresh - (Date.now() - STEP_MS)) > SLACK_MS)
      wrong.push(`a report is of ${new Date(fresh).toISOString()}`);
    return wrong;
  },
};
