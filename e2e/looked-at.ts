/** Slack of the sample company, as two readings over SCIM show it: nearly as it should be. For pages that would be empty without. */
import { expect } from "playwright/test";
import type { AccountsReport } from "../lib/reports/contract.ts";

const HOUR = 3_600_000;

/** Sends the readings in, as a live source would. @param session of somebody who may. */
export async function lookAtSlack(origin: string, session: string): Promise<void> {
  const headers = { cookie: `next-auth.session-token=${session}`, origin };
  const answer = await fetch(`${origin}/api/v1/reports/accounts?application=Slack`, { headers });
  const { rows } = (await answer.json()) as AccountsReport;
  const now = Date.now();
  const runs = [now - 26 * HOUR, now - 2 * HOUR].map((at) => new Date(at).toISOString());
  const records = runs.flatMap((run, i) => {
    const head = { $scimRead: 1, application: "Slack", run, previous: i === 0 ? null : runs[0], at: run };
    // Of the last reading some are wrong: one in forty is woken, one in sixty is not there.
    const shown = rows.filter((_, n) => i === 0 || n % 60 !== 7);
    const users = shown.map(({ account, userName, active }, n) => ({
      ...head,
      resource: {
        id: account,
        userName,
        active: active || (i === 1 && n % 40 === 3),
        ...(n % 50 === 9 ? { title: "Trainee" } : {}),
      },
    }));
    const extra = { ...head, resource: { id: "U-extra", userName: "guest@partner.example", active: true } };
    const ended = {
      complete: true,
      users: users.length + i,
      groups: null,
      why: "Groups can't be read there.",
    };
    return [...users, ...(i === 1 ? [extra] : []), { ...head, ended }];
  });
  const sent = await fetch(`${origin}/api/v1/ingest?source=slack-accounts`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-ndjson" },
    body: records.map((record) => JSON.stringify(record)).join("\n"),
  });
  expect(sent.status, await sent.clone().text()).toBe(200);
}
