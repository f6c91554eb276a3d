/**
 * Pictures of every page of the sample company, for docs/screenshots: `npm run screenshots`. Made anew whenever the pages
 * change, so that they stay true.
 */
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright";
import { findBrowser } from "./browser.ts";
import { lookAtSlack } from "./looked-at.ts";
import { startServer } from "./server.ts";
import { reviewOfSlack } from "./slack-review.ts";
import { visit } from "./visit.ts";

const FOLDER = fileURLToPath(new URL("../docs/screenshots", import.meta.url));
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** A picture larger than that makes the documentation slow to clone. */
const MOST_BYTES = 300_000;

type Shot = [name: string, path: string];

const REPORTS: readonly Shot[] = [
  ["overview", "/"],
  ["coverage", "/coverage"],
  ["failures", "/failures"],
  ["offboarding", "/offboarding"],
  ["joiners", "/joiners"],
  ["reconciliation", "/reconciliation"],
  ["movers", "/movers"],
  ["dormant", "/dormant"],
  ["accounts", "/accounts"],
  ["application", "/applications/Slack"],
  ["alerts", "/alerts"],
  ["who-is-who", "/links"],
  ["sources", "/sources"],
  ["access", "/access"],
  ["audit-log", "/audit"],
];
const DARK: readonly Shot[] = [
  ["overview", "/"],
  ["coverage", "/coverage"],
];
const ON_PHONES: readonly Shot[] = [
  ["overview", "/"],
  ["failures", "/failures"],
];

/** The page of somebody who has left and can still get in, with an event of theirs open. */
async function somebody(page: Page, origin: string): Promise<readonly Shot[]> {
  const answer = await page.request.get(`${origin}/api/v1/reports/offboarding?limit=1`);
  const { rows } = (await answer.json()) as { rows: { subject: string }[] };
  const path = `/identities/${encodeURIComponent(rows[0]?.subject ?? "")}`;
  const events = await page.request.get(`${origin}/api/v1${path}/events?limit=1`);
  const { events: newest } = (await events.json()) as { events: { id: string }[] };
  return [
    ["person", path],
    ["record", `${path}?event=${encodeURIComponent(newest[0]?.id ?? "")}`],
  ];
}

/** A pack by the calendar, and a link for auditors with what it shows. */
async function shared(page: Page, origin: string): Promise<readonly Shot[]> {
  const headers = { origin };
  await page.request.put(`${origin}/api/v1/packs/schedules`, {
    headers,
    data: { every: "quarter", keep: 12 },
  });
  const made = await page.request.post(`${origin}/api/v1/shares`, {
    headers,
    data: { auditor: true, label: "Auditors, autumn" },
  });
  const { url } = (await made.json()) as { url: string };
  return [
    ["evidence", "/evidence"],
    ["sharing", "/shares"],
    ["shared", new URL(url).pathname],
  ];
}

async function take(page: Page, origin: string, shots: readonly Shot[], suffix = ""): Promise<void> {
  for (const [name, path] of shots) {
    await visit(page, `${origin}${path}`);
    const file = join(FOLDER, `${name}${suffix}.png`);
    await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
    const { size } = await stat(file);
    console.log(`${name}${suffix}.png, ${Math.round(size / 1000)} KB`);
    if (size > MOST_BYTES) throw new Error(`${file} is larger than ${MOST_BYTES} bytes.`);
  }
}

/** What opens over a page. */
async function takeMenu(page: Page, origin: string): Promise<void> {
  await visit(page, `${origin}/`);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("sla");
  await page.getByRole("dialog", { name: "Find" }).getByRole("option", { name: /Slack/u }).first().waitFor();
  await page.screenshot({ path: join(FOLDER, "search.png"), animations: "disabled", caret: "hide" });
}

const server = await startServer("demo");
const browser = await chromium.launch(await findBrowser());
try {
  await mkdir(FOLDER, { recursive: true });
  for (const file of await readdir(FOLDER)) if (file.endsWith(".png")) await rm(join(FOLDER, file));
  const { origin } = new URL(server.address);
  const open = async (
    options: Parameters<typeof browser.newContext>[0],
    from?: BrowserContext,
  ): Promise<BrowserContext> =>
    browser.newContext({
      locale: "en-GB",
      timezoneId: "UTC",
      ...options,
      ...(from === undefined ? {} : { storageState: await from.storageState() }),
    });
  const wide = await open({ viewport: WIDE, colorScheme: "light" });
  const page = await wide.newPage();
  await page.goto(server.address);
  const cookies = await wide.cookies();
  await lookAtSlack(origin, cookies.find(({ name }) => name === "next-auth.session-token")?.value ?? "");
  await take(page, origin, [...REPORTS, ...(await somebody(page, origin))]);
  const review = await reviewOfSlack(page, origin);
  await take(page, origin, [
    ["reviews", "/reviews"],
    ["review", review],
    ["review-items", `${review}/items`],
    ["new-review", "/reviews/new"],
  ]);
  await take(page, origin, await shared(page, origin));
  await takeMenu(page, origin);
  const dark = await open({ viewport: WIDE, colorScheme: "dark" }, wide);
  await take(await dark.newPage(), origin, DARK, "-dark");
  const phone = await open({ viewport: PHONE, colorScheme: "light" }, wide);
  await take(await phone.newPage(), origin, ON_PHONES, "-phone");
} finally {
  await browser.close();
  await server.stop();
}
