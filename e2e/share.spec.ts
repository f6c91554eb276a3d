/** Shared links, as whoever makes them and whoever gets them: one customer sees nothing of the other. */
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page, test } from "playwright/test";
import type { AuditPage } from "../lib/auth/audit.ts";
import { verifyPack } from "../lib/evidence/verify.mjs";
import { unpacked } from "../lib/files/testing.ts";
import { emailOf, oktaRecord } from "../lib/reviews/testing.ts";
import type { MadeShare } from "../lib/shares/create-share.ts";
import type { SharesList } from "../lib/shares/list-shares.ts";
import { rollcall } from "./rollcall.ts";
import { origin, SAME_ORIGIN, sessionOf } from "./sign-in.ts";
import { reload, visit } from "./visit.ts";

const DAY = 86_400_000;
const WORKSPACE = `shares-${process.pid}`;
const COOKIE = "next-auth.session-token";

/** Two customers, and the words that only the records of each have. */
const CUSTOMERS = {
  Acme: {
    people: ["ann", "ava", "abe"],
    application: "Anvil",
    words: ["Anvil", "okta-acme", emailOf("ava")],
  },
  Globex: {
    people: ["gus", "gil", "gia"],
    application: "Globe",
    words: ["Globe", "okta-globex", emailOf("gil")],
  },
} as const;

let session = "";

const admin = () => ({ cookie: `${COOKIE}=${session}`, "content-type": "application/json", ...SAME_ORIGIN });

/** As the workspace's operator. */
async function api<T>(path: string, method = "GET", body?: object): Promise<T> {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: admin(),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as T;
}

const made = (body: object) => api<{ url: string; share: string }>("/api/v1/shares", "POST", body);

async function adminPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies([{ name: COOKIE, value: session, url: origin, httpOnly: true, sameSite: "Lax" }]);
  return context.newPage();
}

const views = async (label: string, verb = "view-share") =>
  (await api<AuditPage>(`/api/v1/audit?verb=${verb}&text=${encodeURIComponent(label)}&limit=500`)).rows;

/** What stands on the page of a link that does not work. */
async function refused(context: BrowserContext, url: string): Promise<{ status: number; text: string }> {
  const page = await context.newPage();
  const answer = await visit(page, url);
  const text = (await page.getByRole("main").textContent()) ?? "";
  await page.close();
  return { status: answer?.status() ?? 0, text };
}

test.beforeAll(async () => {
  test.setTimeout(240_000);
  await rollcall(["workspace", "add", WORKSPACE]);
  const path = (await rollcall(["member", "link"], { ROLLCALL_WORKSPACE: WORKSPACE })).trim();
  session = await sessionOf(`${origin}${path}`);
  const now = Date.now();
  for (const [customer, { people, application }] of Object.entries(CUSTOMERS)) {
    const records = people.flatMap((name, i) => [
      oktaRecord("application.provision.user.push", name, application, now - 20 * DAY),
      oktaRecord("user.authentication.sso", name, application, now - (12 + i) * DAY),
      // One has left and lost access, one has left and still has it.
      ...(i === 0 ? [] : [oktaRecord("user.lifecycle.deactivate", name, application, now - 10 * DAY)]),
      ...(i === 1
        ? [oktaRecord("application.provision.user.deactivate", name, application, now - 10 * DAY + 60_000)]
        : []),
    ]);
    const query = new URLSearchParams({ customer, source: `okta-${customer.toLowerCase()}` });
    const answer = await fetch(`${origin}/api/v1/ingest?${query}`, {
      method: "POST",
      headers: { ...admin(), "content-type": "application/octet-stream" },
      body: records.join("\n"),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect(await answer.json()).toMatchObject({ rejected: 0 });
  }
  const { reviewers } = await api<{ reviewers: { member: string }[] }>("/api/v1/reviews");
  for (const customers of [["Acme"], ["Globex"], ["Acme", "Globex"]]) {
    await api("/api/v1/reviews", "POST", {
      name: `Review of ${customers.join(" and ")}`,
      scope: { customers },
      dueAt: new Date(now + 14 * DAY).toISOString(),
      fallback: reviewers[0]?.member,
    });
  }
});

for (const [customer, other] of [
  ["Acme", "Globex"],
  ["Globex", "Acme"],
] as const) {
  test(`${customer} opens its link: what it shows, and its pack, hold no word of ${other}`, async ({
    browser,
  }) => {
    const page = await adminPage(browser);
    await visit(page, `${origin}/shares`);
    await page.getByRole("button", { name: "Share a view" }).click();
    const panel = page.getByRole("dialog", { name: "Share a view" });
    await panel.getByLabel("Customer", { exact: true }).selectOption(customer);
    await panel.getByLabel("Label").fill(`Kim at ${customer}`);
    await panel.getByRole("button", { name: "Make the link" }).click();
    const link = await panel.getByLabel("Link", { exact: true }).inputValue();
    await panel.getByRole("button", { name: "I have it" }).click();
    await expect(panel).toHaveCount(0);
    await expect(
      page.getByRole("row", { name: new RegExp(`Not opened yet Kim at ${customer}`, "u") }),
    ).toBeVisible();
    expect(await page.content()).not.toContain(link.slice(-43));

    const visitor = await browser.newContext();
    const theirs = await visitor.newPage();
    const complaints: string[] = [];
    theirs.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    const answer = await visit(theirs, link);
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
    });
    await expect(theirs.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex, nofollow");
    await expect(theirs.getByRole("heading", { level: 2 })).toHaveText([
      "Completeness",
      "Coverage",
      "Offboarding",
      "Access reviews",
      "Evidence pack",
    ]);
    const { people, application, words } = CUSTOMERS[customer];
    await expect(
      theirs.getByRole("row", { name: new RegExp(`^${application} Automated`, "u") }),
    ).toBeVisible();
    const open = theirs.getByRole("region", { name: "Accounts of leavers that are still open" });
    await expect(open.getByRole("row")).toHaveCount(2);
    await expect(open).toContainText(people[2]);
    await expect(
      theirs.getByRole("row", { name: new RegExp(`^Review of ${customer} Running`, "u") }),
    ).toContainText("3");
    await expect(theirs.getByText("1 more review covers several customers together")).toBeVisible();
    // Nothing of the application around it, and nothing to click but its own places and the pack.
    await expect(theirs.getByRole("navigation", { name: "Pages" })).toHaveCount(0);
    const links = await theirs
      .getByRole("link")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    expect(links).toEqual([
      "#completeness",
      "#coverage",
      "#offboarding",
      "#reviews",
      "#pack",
      `${new URL(link).pathname}/pack`,
    ]);
    await expect(theirs.getByRole("button")).toHaveCount(0);
    expect(complaints).toEqual([]);

    const html = `${await answer?.text()} ${await theirs.content()}`;
    const foreign = [
      ...CUSTOMERS[other].words,
      ...CUSTOMERS[other].people.map(emailOf),
      other,
      other.toLowerCase(),
    ];
    for (const word of words) expect(html).toContain(word === emailOf(people[1]) ? emailOf(people[2]) : word);
    for (const word of [...foreign, "Operator"]) expect(html, word).not.toContain(word);

    const [download] = await Promise.all([
      theirs.waitForEvent("download"),
      theirs.getByRole("link", { name: "Download the evidence pack" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^rollcall-evidence-${customer}-`, "u"));
    const file = await download.path();
    expect(await verifyPack(file)).toMatchObject({ valid: true });
    const files = await unpacked(await readFile(file));
    expect([...files.keys()]).not.toContain("audit.csv");
    const all = [...files].map(([name, bytes]) => `${name}\n${bytes.toString("utf8")}`).join("\n");
    // In the pack its own people stand by pseudonyms.
    const addresses = people.map(emailOf);
    for (const word of words) {
      if (addresses.includes(word)) expect(all).not.toContain(word);
      else expect(all).toContain(word);
    }
    for (const word of foreign) expect(all, word).not.toContain(word);

    // The link's secret is no key to anything else.
    const secret = link.slice(link.lastIndexOf("/") + 1);
    for (const path of ["/reports/coverage", "/sources", "/shares", "/audit", "/reviews", "/jobs"]) {
      for (const headers of [{ authorization: `Bearer ${secret}` }, { cookie: `${COOKIE}=${secret}` }])
        expect((await fetch(`${origin}/api/v1${path}`, { headers })).status, path).toBe(401);
    }
    expect((await fetch(`${link}/pack`, { method: "HEAD" })).status).toBe(405);

    const seen = await views(`Kim at ${customer}`);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ actorKind: "share", address: "127.0.0.1", after: { customer } });
    expect(await views(`Kim at ${customer}`, "download-share")).toHaveLength(1);
    await theirs.reload();
    expect(await views(`Kim at ${customer}`)).toHaveLength(2);
    await reload(page);
    await expect(page.getByRole("row", { name: new RegExp(`^Open Kim at ${customer}`, "u") })).toContainText(
      "just before",
    );
    await visit(page, `${origin}/audit`);
    await expect(page.getByText("opened a shared link").first()).toBeVisible();
    await visitor.close();
    await page.context().close();
  });
}

test("an auditor sees all customers, and the pack has the reviews and the audit log", async ({ browser }) => {
  const json = await rollcall(["share", "create", "--auditor", "--label", "Big Four", "--json"], {
    ROLLCALL_WORKSPACE: WORKSPACE,
  });
  const { path } = JSON.parse(json) as MadeShare;
  const visitor = await browser.newContext();
  const page = await visitor.newPage();
  await visit(page, `${origin}${path}`);
  const main = page.getByRole("main");
  for (const word of ["Anvil", "Globe", "Review of Acme and Globex"]) await expect(main).toContainText(word);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the evidence pack" }).click(),
  ]);
  const names = [...(await unpacked(await readFile(await download.path()))).keys()];
  expect(names).toContain("audit.csv");
  expect(names.filter((name) => /^reviews\/.*\.csv$/u.test(name))).toHaveLength(3);
  expect(await views("Big Four", "download-share")).toHaveLength(1);
  await visitor.close();
});

test("a link that was revoked, is over, or never was, says the same, and is written down as nothing", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext();
  const revoked = await made({ customer: "Acme", label: "Leaks" });
  expect((await context.request.get(revoked.url)).status()).toBe(200);
  const page = await adminPage(browser);
  await visit(page, `${origin}/shares`);
  await page.getByRole("button", { name: "Revoke Leaks" }).click();
  const question = page.getByRole("dialog", { name: "Revoke the link of Leaks?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  expect((await context.request.get(revoked.url)).status()).toBe(200);
  await page.getByRole("button", { name: "Revoke Leaks" }).click();
  await question.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByRole("row", { name: /^Revoked Leaks/u })).toBeVisible();

  const over = await made({
    customer: "Acme",
    label: "Short",
    until: new Date(Date.now() + 3_000).toISOString(),
  });
  await expect
    .poll(async () => (await context.request.get(over.url)).status(), { timeout: 60_000 })
    .toBe(404);
  const viewed = [(await views("Leaks")).length, (await views("Short")).length];

  const never = revoked.url.replace(/.{43}$/u, "A".repeat(43));
  const said = [];
  for (const url of [
    revoked.url,
    over.url,
    never,
    `${origin}/share/x`,
    `${origin}/share/rcv_nobody_${"A".repeat(43)}`,
  ])
    said.push(await refused(context, url));
  expect(said[0]).toMatchObject({
    status: 404,
    text: expect.stringContaining("This link does not show anything."),
  });
  for (const one of said) expect(one).toEqual(said[0]);
  for (const url of [revoked.url, over.url, never]) {
    const pack = await context.request.get(`${url}/pack`);
    expect([pack.status(), await pack.text()]).toEqual([
      404,
      expect.stringMatching(/^This link does not show/u),
    ]);
  }
  expect([(await views("Leaks")).length, (await views("Short")).length]).toEqual(viewed);
  const { shares } = await api<SharesList>("/api/v1/shares");
  expect(JSON.stringify(shares)).not.toContain("rcv_");
  await page.context().close();
  await context.close();
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`the shared page and the one that says no have no fault in either theme, ${viewport.width} px wide`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ viewport, colorScheme: "light" });
    const page = await context.newPage();
    const { url } = await made({ auditor: true });
    for (const path of [url, `${origin}/share/x`]) {
      await visit(page, path);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      }
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, "must not scroll sideways").toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}
