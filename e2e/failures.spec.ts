/** The failed-sync queue, worked through as people do: by mouse, by keys alone, by two at once, and into a ticket system. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, expect, type Page, test } from "playwright/test";
import type { FailuresReport } from "../lib/reports/contract.ts";
import { startServer } from "./server.ts";
import { memberPage, origin, SAME_ORIGIN, sessionOf, signIn } from "./sign-in.ts";
import { reload, visit } from "./visit.ts";

const open = (page: Page, path = "/failures") => visit(page, `${origin}${path}`);
const rows = (page: Page) =>
  page
    .getByRole("table")
    .getByRole("row")
    .filter({ has: page.locator("[data-item]") });
const notice = (page: Page, text: string | RegExp) => page.getByText(text).last();
const panel = (page: Page) => page.getByRole("dialog").filter({ has: page.locator("[data-story]") });

async function report(page: Page): Promise<FailuresReport> {
  const answer = await page.request.get(`${origin}/api/v1/reports/failures`);
  return (await answer.json()) as FailuresReport;
}

const stateOf = async (page: Page, id: string) => (await report(page)).rows.find((row) => row.id === id);

/** The ids of the rows that the page shows, from the top. */
const shownIds = (page: Page) =>
  page
    .locator("tr[data-group]")
    .evaluateAll((found) => found.map((row) => (row as HTMLElement).dataset.group ?? ""));

const analyst = (browser: Browser) => memberPage(browser, "analyst");

test("by mouse: read the story, assign, note, snooze, acknowledge several, take back", async ({
  browser,
}) => {
  const { page, email } = await analyst(browser);
  await open(page);
  const [first = "", second = "", third = ""] = await shownIds(page);
  expect(third, "the sample has more than two open causes").not.toBe("");

  await page.locator(`tr[data-group="${first}"] button`).click();
  const story = panel(page);
  await expect(story.getByRole("region", { name: "Attempts" }).getByRole("row").nth(1)).toBeVisible();
  await expect(story.getByText("What helps:")).toBeVisible();
  await story.getByRole("region", { name: "Attempts" }).getByRole("button").first().click();
  const event = page.getByRole("dialog", { name: "Event" });
  await expect(event.getByRole("heading", { name: "Raw record" })).toBeVisible();
  await event.getByRole("button", { name: /Close/u }).click();
  await expect(event).toBeHidden();
  await expect(story, "closing the record leaves the story").toBeVisible();

  await story.getByRole("button", { name: "Assign" }).click();
  await page
    .getByRole("dialog", { name: "Assign 1 cause" })
    .getByRole("button", { name: `${email} (you)` })
    .click();
  await expect(notice(page, `1 cause assigned to ${email}.`)).toBeVisible();
  await expect(story.getByRole("region", { name: "Notes and decisions" })).toContainText(
    `assigned it to ${email}`,
  );
  await story.getByRole("button", { name: "Note" }).click();
  const note = page.getByRole("dialog", { name: "Note 1 cause" });
  await note.getByLabel("What others should know").fill("asked the vendor");
  await note.getByRole("button", { name: /^Note/u }).click();
  await expect(story.getByRole("region", { name: "Notes and decisions" })).toContainText("asked the vendor");
  await story.getByRole("button", { name: /Close/u }).click();
  await expect(story).toBeHidden();

  await page.getByRole("link", { name: "Mine" }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Everybody's" }).click();

  await page.locator(`tr[data-group="${second}"]`).getByRole("checkbox").check();
  const bar = page.getByRole("region", { name: "Selection" });
  await expect(bar).toContainText("1 selected");
  await bar.getByRole("button", { name: "Snooze" }).click();
  await page.getByRole("dialog", { name: "Snooze 1 cause" }).getByRole("button", { name: "1 week" }).click();
  await expect(page.locator(`tr[data-group="${second}"]`)).toHaveCount(0);
  await page.getByRole("link", { name: "Snoozed", exact: true }).click();
  await expect(page.locator(`tr[data-group="${second}"]`)).toContainText("until");
  await page.getByRole("link", { name: "Open", exact: true }).click();

  for (const id of [first, third]) await page.locator(`tr[data-group="${id}"]`).getByRole("checkbox").check();
  await bar.getByRole("button", { name: "Acknowledge" }).click();
  await expect(notice(page, "2 causes acknowledged.")).toBeVisible();
  await expect(page.locator(`tr[data-group="${first}"]`)).toHaveCount(0);
  expect((await stateOf(page, first))?.state).toBe("acknowledged");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(notice(page, "Taken back.")).toBeVisible();
  await expect(page.locator(`tr[data-group="${first}"]`)).toBeVisible();
  expect((await stateOf(page, third))?.state).toBe("open");
  expect(await stateOf(page, second)).toMatchObject({ state: "snoozed" });
  await page.request.post(`${origin}/api/v1/failures/decisions`, {
    headers: SAME_ORIGIN,
    data: { verb: "reopen", groups: [second] },
  });

  // At an address of its own, for a colleague.
  await open(page, `/failures/${first}`);
  await expect(page.getByRole("region", { name: "Notes and decisions" })).toContainText("asked the vendor");
  await expect(page.getByRole("region", { name: "Try again" })).toBeVisible();
  await page.context().close();
});

test("by keys alone: move, select, acknowledge, assign, snooze, note, take back, by letter and by command menu", async ({
  browser,
}) => {
  const { page, email } = await analyst(browser);
  await open(page);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const [first = "", second = "", third = ""] = await shownIds(page);

  await press("j", "x", "j", "x");
  await expect(page.getByRole("region", { name: "Selection" })).toContainText("2 selected");
  await press("e");
  await expect(notice(page, "2 causes acknowledged.")).toBeVisible();
  await expect(page.locator(`tr[data-group="${second}"]`)).toHaveCount(0);
  await expect(
    page
      .locator(`tr[data-group="${third}"] [data-item], tr[data-group] [data-item]`)
      .and(page.locator(":focus")),
    "the focus stays in the list",
  ).toHaveCount(1);
  await press("u");
  await expect(notice(page, "Taken back.")).toBeVisible();
  await expect(page.locator(`tr[data-group="${first}"]`)).toBeVisible();

  // The first row, by its letter alone.
  for (let i = 0; i < 30; i++) await press("k");
  await press("a");
  await expect(page.getByRole("dialog", { name: "Assign 1 cause" })).toBeVisible();
  await press("1");
  await expect(notice(page, `1 cause assigned to ${email}.`)).toBeVisible();
  await press("n");
  await expect(page.getByLabel("What others should know")).toBeFocused();
  await page.keyboard.type("use the other attribute");
  await press("ControlOrMeta+Enter");
  await expect(page.locator(`tr[data-group="${first}"]`)).toContainText("use the other attribute");

  await press("Enter");
  await expect(panel(page)).toBeVisible();
  await press("s");
  await expect(page.getByRole("dialog", { name: "Snooze 1 cause" })).toBeVisible();
  await press("ArrowDown", "Enter");
  await expect(notice(page, /1 cause snoozed until/u)).toBeAttached();
  expect((await stateOf(page, first))?.state).toBe("snoozed");
  await press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(page.locator(`tr[data-group="${first}"]`)).toHaveCount(0);
  await press("u");
  await expect(page.locator(`tr[data-group="${first}"]`)).toBeVisible();

  // The command menu does what the letters do.
  await press("j", "x", "ControlOrMeta+k");
  await page.keyboard.type("acknow");
  await expect(page.getByRole("option", { name: /Acknowledge/u })).toContainText("1 selected cause");
  await press("Enter");
  await expect(notice(page, "1 cause acknowledged.")).toBeVisible();
  await press("u");
  await expect(notice(page, "Taken back.")).toBeVisible();

  await press("j", "x", "Escape");
  await expect(page.getByRole("region", { name: "Selection" })).toHaveCount(0);
  await press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("acknowledge");
  await press("Escape");
  await page.context().close();
});

test("two at once: the second sees what the first did, and nothing is lost", async ({ browser }) => {
  const [ada, bob] = [await analyst(browser), await analyst(browser)];
  await Promise.all([open(ada.page), open(bob.page)]);
  const ids = await shownIds(ada.page);
  const id = ids.at(-1) ?? "";
  const row = (page: Page) => page.locator(`tr[data-group="${id}"]`);
  await row(ada.page).getByRole("checkbox").check();
  await ada.page.keyboard.press("e");
  await expect(notice(ada.page, "1 cause acknowledged.")).toBeVisible();
  await expect(row(bob.page), "Bob's page has not asked again").toBeVisible();
  await row(bob.page).getByRole("checkbox").check();
  await bob.page.keyboard.press("n");
  await bob.page.getByLabel("What others should know").fill("a note of Bob's");
  await bob.page.keyboard.press("ControlOrMeta+Enter");
  await expect(row(bob.page), "acknowledged by Ada, it is open no more").toHaveCount(0);
  await open(ada.page, "/failures?state=acknowledged");
  await expect(row(ada.page)).toContainText("a note of Bob's");
  await row(ada.page).getByRole("button").click();
  const told = panel(ada.page).getByRole("region", { name: "Notes and decisions" });
  await expect(told).toContainText(`${ada.email} acknowledged it`);
  await expect(told).toContainText(`${bob.email} noted`);
  // Bob takes his back; Ada's stands.
  await bob.page.keyboard.press("u");
  await expect(notice(bob.page, "Taken back.")).toBeVisible();
  expect(await stateOf(ada.page, id)).toMatchObject({ state: "acknowledged", notes: [] });
  await ada.page.request.post(`${origin}/api/v1/failures/decisions`, {
    headers: SAME_ORIGIN,
    data: { verb: "reopen", groups: [id] },
  });
  await Promise.all([ada.page.context().close(), bob.page.context().close()]);
});

test("what the server refuses is taken back on the page, with the reason; an auditor has no acts", async ({
  page: operator,
  browser,
}) => {
  await signIn(operator);
  const { page, member } = await analyst(browser);
  await open(page);
  const [first = ""] = await shownIds(page);
  const changed = await operator.request.patch(`${origin}/api/v1/members/${member}`, {
    headers: SAME_ORIGIN,
    data: { role: "auditor", endsAt: "2099-01-31" },
  });
  expect(changed.status()).toBe(200);
  await page.locator(`tr[data-group="${first}"]`).getByRole("checkbox").check();
  await page.keyboard.press("e");
  await expect(page.getByRole("alert").getByText("does not allow this")).toBeVisible();
  await expect(page.locator(`tr[data-group="${first}"]`)).toBeVisible();
  expect((await stateOf(page, first))?.state).toBe("open");
  await reload(page);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.locator(`tr[data-group="${first}"] button`).click();
  await expect(panel(page).getByRole("region", { name: "Attempts" })).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
  await page.context().close();
});

test("an admin sets the ticket system; a failure is sent there, signed, and its answer shown", async ({
  page,
}) => {
  test.setTimeout(600_000);
  const calls: { headers: IncomingHttpHeaders; body: string }[] = [];
  const tickets = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(201, { "content-type": "application/json" }).end('{"ticket":"IAM-7"}');
    });
  });
  await new Promise<void>((resolve) => tickets.listen(0, "127.0.0.1", resolve));
  const server = await startServer("demo", { env: { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" } });
  try {
    const own = new URL(server.address).origin;
    const session = await sessionOf(server.address);
    await page
      .context()
      .addCookies([
        { name: "next-auth.session-token", value: session, url: own, httpOnly: true, sameSite: "Lax" },
      ]);
    await visit(page, `${own}/failures`);
    await page.getByRole("button", { name: "Ticket system …" }).click();
    const settings = page.getByRole("dialog", { name: "Ticket system" });
    const hook = `http://127.0.0.1:${(tickets.address() as AddressInfo).port}/hook`;
    await settings.getByLabel("Address of the webhook").fill(hook);
    await settings.getByRole("button", { name: "Set", exact: true }).click();
    const secret = await settings.getByLabel("Secret, shown this once").inputValue();
    await settings.getByRole("button", { name: /Close/u }).click();
    await expect(settings).toBeHidden();

    const id = (await shownIds(page))[0] ?? "";
    await page.locator(`tr[data-group="${id}"] button`).click();
    await panel(page).getByRole("button", { name: "Send to ticket system" }).click();
    await expect(notice(page, 'The ticket system answered 201: {"ticket":"IAM-7"}')).toBeAttached();
    await expect(panel(page).getByRole("region", { name: "Notes and decisions" })).toContainText("IAM-7", {
      timeout: 60_000,
    });
    expect(calls).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: "" } as (typeof calls)[number]] = calls;
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    expect(headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
    );
    const sent = JSON.parse(body) as { link: string; group: { id: string } };
    expect(sent.group.id).toBe(id);
    await visit(page, sent.link);
    await expect(page.getByRole("region", { name: "Attempts" })).toBeVisible();
    await visit(page, `${own}/audit`);
    await expect(page.getByText("sent failures to the ticket system").first()).toBeVisible();
  } finally {
    await server.stop();
    tickets.closeAllConnections();
    tickets.close();
  }
});
