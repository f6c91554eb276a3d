/** What the browser is told not to do, and that no page needs to. */
import { expect, type Page, test } from "playwright/test";
import { RECORD_PAGES } from "./pages.ts";
import { origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const PAGES = [...RECORD_PAGES, "/failures", "/there-is-no-such-page"];

const nonceOf = (policy: string | undefined) => /'nonce-([^']+)'/u.exec(policy ?? "")?.[1];

/** What was blocked, and every other complaint of the browser's but that a page which is not there is not there. */
async function complaints(page: Page): Promise<string[]> {
  const found: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (!message.text().includes("status of 404")) found.push(message.text());
  });
  page.on("pageerror", (error) => found.push(error.message));
  await page.exposeFunction("blocked", (what: string) => void found.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const tell = (window as unknown as { blocked: (what: string) => void }).blocked;
      tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return found;
}

/** The pages of one person and of one event. */
async function detailPages(page: Page): Promise<string[]> {
  const answer = await page.request.get(`${origin}/api/v1/reports/accounts`);
  const { rows } = (await answer.json()) as { rows: { subject: string }[] };
  const person = `/identities/${encodeURIComponent(rows[0]?.subject ?? "")}`;
  const report = await page.request.get(`${origin}/api/v1${person}`);
  const { events } = (await report.json()) as { events: { id: string }[] };
  return [person, `/events/${events[0]?.id}`];
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("no page does what its policy forbids", async ({ page }) => {
      const found = await complaints(page);
      await visit(page, `${origin}/signin`);
      await signIn(page);
      await visit(page, origin);
      const kept = page.waitForResponse(`${origin}/api/theme`);
      await page.getByLabel("Theme").selectOption(colorScheme);
      await kept;
      const nonces = new Set<string>();
      // Nothing but the colours is another in the dark: a few tell.
      const pages = colorScheme === "dark" ? PAGES.slice(0, 3) : [...PAGES, ...(await detailPages(page))];
      for (const path of pages) {
        const response = await visit(page, `${origin}${path}`);
        await expect(page.locator("html"), path).toHaveAttribute("data-theme", colorScheme);
        nonces.add(nonceOf(response?.headers()["content-security-policy"]) ?? "");
        expect(found, path).toEqual([]);
      }
      expect(nonces.size).toBe(pages.length);
      expect(nonces).not.toContain("");
    });
  });
}

test("scripts of the page carry its nonce; one without it does not run", async ({ page }) => {
  await signIn(page);
  await page.goto(origin);
  const response = await visit(page, `${origin}/offboarding`);
  const nonce = nonceOf(response?.headers()["content-security-policy"]);
  // As the server sent it: what such a script loads needs none.
  const scripts = [...((await response?.text()) ?? "").matchAll(/<script[^>]*>/gu)].map(([tag]) => tag);
  expect(scripts.length).toBeGreaterThan(0);
  for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
  const outcome = await page.evaluate(async () => {
    const blocked: string[] = [];
    const all = new Promise<void>((resolve) => {
      addEventListener("securitypolicyviolation", (event) => {
        if (blocked.push(event.effectiveDirective) === 3) resolve();
      });
    });
    const script = document.createElement("script");
    script.textContent = "window.injected = 'a script'";
    const image = document.createElement("div");
    image.innerHTML = '<img src="data:," onerror="window.injected = \'a handler\'">';
    const sheet = document.createElement("style");
    sheet.textContent = "body { display: none }";
    document.body.append(script, image, sheet);
    await all;
    return { blocked: blocked.sort(), injected: "injected" in window };
  });
  expect(outcome).toEqual({
    blocked: ["script-src-attr", "script-src-elem", "style-src-elem"],
    injected: false,
  });
  await expect(page.locator("body")).toBeVisible();
});

test("pages and answers are kept by nobody, files by everybody", async ({ page }) => {
  await signIn(page);
  await page.goto(origin);
  const files: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/_next/static/")) files.push(response.headers()["cache-control"] ?? "");
  });
  const response = await visit(page, `${origin}/accounts`);
  expect(response?.headers()).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(response?.headers()).not.toHaveProperty("x-powered-by");
  expect(response?.headers()).not.toHaveProperty("strict-transport-security");
  const answer = await page.request.get(`${origin}/api/v1/sources`);
  expect(answer.headers()["cache-control"]).toBe("no-store");
  expect(new Set(files)).toEqual(new Set(["public, max-age=31536000, immutable"]));
});

test("another site can neither frame Rollcall nor send in its reader's name", async ({ page }) => {
  await signIn(page);
  await page.goto(origin);
  const forged = await page.request.post(`${origin}/api/v1/links`, {
    data: {},
    headers: { origin: "https://elsewhere.example" },
  });
  expect(forged.status()).toBe(403);
  expect(await forged.json()).toMatchObject({ error: { code: "cross_site" } });
  const wrongHost = await page.request.get(`${origin}/`, { headers: { host: "elsewhere.example" } });
  expect(wrongHost.status()).toBe(421);
});
