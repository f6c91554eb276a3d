import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { setTicketWebhook } from "../failures/set-ticket-webhook.ts";
import { startTicketServer, type TicketServer } from "../failures/testing.ts";
import { openReview } from "../reviews/open-review.ts";
import { memberNamed, settle } from "../reviews/testing.ts";
import { startReviewTimer } from "./review-timer.ts";
import { testDatabase } from "./testing/database.ts";
import { accessToEnv, closeWebDbs } from "./web.ts";

const INSTALLATION = "secret of this installation";
const DAY = 86_400_000;

describe("the timer of reviews", () => {
  const test = testDatabase();
  let tickets: TicketServer;

  beforeAll(async () => {
    tickets = await startTicketServer();
    for (const [name, value] of Object.entries(accessToEnv(test.access))) vi.stubEnv(name, value);
    vi.stubEnv("NEXTAUTH_SECRET", INSTALLATION);
    vi.stubEnv("NEXTAUTH_URL", "https://rollcall.example");
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
  });
  afterAll(async () => {
    await closeWebDbs();
    vi.unstubAllEnvs();
    await tickets.stop();
  });

  it("reminds in every workspace, goes on after what went wrong, and stops", async () => {
    const by = commandLine();
    const second = await test.in({ workspace: "second" });
    for (const [db, workspace] of [
      [test.db, "main"],
      [second, "second"],
    ] as const) {
      const person = { name: "ann", department: "Sales", title: "Seller", manager: "" };
      await settle(db, workspace, [person], ["Chat"], Date.now() - DAY);
      const { member } = await memberNamed(db, workspace, "rita", "reviewer");
      await openReview(db, workspace, by, {
        name: `Q1 of ${workspace}`,
        dueAt: new Date(Date.now() + 30 * DAY).toISOString(),
        fallback: member as string,
      });
      await setTicketWebhook(db, workspace, by, tickets.url, INSTALLATION);
    }
    // With this the first rounds fail.
    vi.stubEnv("ROLLCALL_SMTP_URL", "no address");
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const stop = startReviewTimer({ first: 1, every: 20 });
    try {
      await vi.waitFor(() => expect(said.mock.calls.join("")).toMatch(/ROLLCALL_SMTP_URL/u), 60_000);
      expect(tickets.bodies).toEqual([]);
      vi.stubEnv("ROLLCALL_SMTP_URL", "");
      await vi.waitFor(() => expect(tickets.bodies).toHaveLength(2), 60_000);
    } finally {
      await stop();
      said.mockRestore();
    }
    expect(tickets.bodies.map((body) => JSON.parse(body).review.name).toSorted()).toEqual([
      "Q1 of main",
      "Q1 of second",
    ]);
    expect(JSON.parse(tickets.bodies[0] ?? "").link).toMatch(
      /^https:\/\/rollcall\.example\/reviews\/[\da-f-]{36}$/u,
    );
  });
});
