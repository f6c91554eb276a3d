/** An installation of its own whose log holds what attackers would write: it is shown as text, and no input ends the server. */
import { expect, type Page, test } from "playwright/test";
import { fuzz } from "../../lib/fuzz/run.ts";
import { httpTarget } from "../../lib/fuzz/targets/http.ts";
import { RECORD_PAGES } from "../pages.ts";
import { startServer } from "../server.ts";
import { visit } from "../visit.ts";

const LONG = "0123456789".repeat(1_000);
const HOSTILE = [
  `<img src=x onerror="window.hurt = 1" data-hurt>`,
  `"><script data-hurt>window.hurt = 1</script>`,
  `'"><svg/onload=window.hurt=1 data-hurt>`,
  "javascript:window.hurt=1",
  "\u202egnp.exe\u202c\u2066\u0000",
  "{{constructor.constructor('window.hurt=1')()}}",
  `${LONG}`,
  `${"W".repeat(300)} ${"\u0301".repeat(500)}`,
  "../../../../etc/passwd?%00",
];

/** Records of Okta in which every name and message is the hostile text: joined, pushed, failed, moved, left. */
function recordsFor(text: string, n: number): object[] {
  // What is looked up must have a name that an index can hold.
  const key = `${text.slice(0, 300)} ${n}`;
  const user = { id: `00u-hostile-${n}`, type: "User", alternateId: key, displayName: text };
  const application = { id: `0oa-hostile-${n}`, type: "AppInstance", alternateId: key, displayName: key };
  const account = { id: `0ua-hostile-${n}`, type: "AppUser", alternateId: key, displayName: text };
  const group = { id: `00g-hostile-${n}`, type: "UserGroup", alternateId: text, displayName: text };
  const event = (
    step: number,
    eventType: string,
    target: object[],
    outcome = { result: "SUCCESS", reason: null as string | null },
  ) => ({
    uuid: `hostile-${n}-${step}`,
    published: new Date(Date.parse("2026-02-01T08:00:00Z") + step * 3_600_000).toISOString(),
    eventType,
    displayMessage: text,
    outcome,
    actor: { id: "sys", type: "SystemPrincipal", alternateId: text, displayName: text },
    client: { userAgent: { rawUserAgent: text }, ipAddress: text },
    debugContext: { debugData: { url: text, requestUri: text } },
    target,
  });
  const failed = { result: "FAILURE", reason: `${text} HTTP 409 ${text}` };
  return [
    event(0, "user.lifecycle.create", [user]),
    event(1, "application.user_membership.add", [user, account, application]),
    event(2, "application.provision.user.push", [user, account, application]),
    event(3, "application.provision.user.push", [user, account, application], failed),
    event(4, "group.user_membership.add", [user, group]),
    event(5, "application.provision.user.deactivate", [user, account, application], failed),
    event(6, "user.lifecycle.deactivate", [user]),
    event(7, text, [user, account, application]),
  ];
}

const PAGES = [...RECORD_PAGES, "/failures?state=all"];

/** What must never happen on a page, as it happens. */
function watch(page: Page): string[] {
  const found: string[] = [];
  page.on("dialog", async (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") found.push(message.text());
  });
  page.on("pageerror", (error) => found.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) found.push(`${response.status()} ${response.url().slice(0, 200)}`);
  });
  return found;
}

/** What a page holds that only the hostile text could have made, and how far it is too wide. */
const inspect = (page: Page) =>
  page.evaluate(() => ({
    hurt: "hurt" in window,
    elements: document.querySelectorAll("[data-hurt], [onerror], [onload], img[src=x]").length,
    links: [...document.querySelectorAll("a")]
      .map((link) => link.href)
      .filter((href) => new URL(href).origin !== location.origin),
    tooWide: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  }));

const HARMLESS = { hurt: false, elements: 0, links: [], tooWide: 0 };

test("hostile names and messages are shown as text on every page, and none breaks the layout", async ({
  page,
}) => {
  test.setTimeout(600_000);
  const server = await startServer("start");
  try {
    await page.goto(server.address);
    const at = (path: string) => new URL(path, server.address).href;
    const lines = HOSTILE.flatMap(recordsFor).map((record) => JSON.stringify(record));
    const broken = HOSTILE.map((text) => `{"uuid":"broken", ${text}`);
    const loaded = await page.request.post(
      at(`/api/v1/ingest?name=${encodeURIComponent(HOSTILE[0] ?? "")}`),
      {
        data: Buffer.from([...lines, ...broken].join("\n")),
        headers: { origin: new URL(server.address).origin },
      },
    );
    expect(await loaded.json()).toMatchObject({ accepted: lines.length, rejected: broken.length });

    const { rows } = (await (await page.request.get(at("/api/v1/reports/accounts"))).json()) as {
      rows: { subject: string; provenanceEventId: string | null }[];
    };
    const subjects = [...new Set(rows.map(({ subject }) => subject))];
    expect(subjects.length).toBeGreaterThanOrEqual(HOSTILE.length);
    const events: string[] = [];
    for (const subject of subjects) {
      const report = await page.request.get(at(`/api/v1/identities/${encodeURIComponent(subject)}`));
      events.push(
        ...((await report.json()) as { events: { id: string }[] }).events.map(({ id }) => id).slice(0, 2),
      );
    }
    const paths = [
      ...PAGES,
      ...subjects.map((subject) => `/identities/${encodeURIComponent(subject)}`),
      ...events.map((id) => `/events/${encodeURIComponent(id)}`),
      ...HOSTILE.slice(0, 4).map((text) => `/accounts?application=${encodeURIComponent(`${text} 0`)}`),
    ];
    // On a phone all pages of many, and some of those of one thing each.
    const onPhone = paths.filter((_, i) => i < PAGES.length || i % 5 === 0);
    const found = watch(page);
    for (const [width, height, shown] of [
      [1440, 900, paths],
      [390, 844, onPhone],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const path of shown) {
        await visit(page, at(path));
        await expect(page.getByRole("heading", { level: 1 }).first(), path).toBeVisible();
        expect.soft(await inspect(page), `${path} at ${width}`).toEqual(HARMLESS);
        expect.soft(found.splice(0), path).toEqual([]);
      }
    }
    const csv = await (await page.request.get(at("/api/v1/reports/accounts?format=csv"))).text();
    expect(csv.split("\n").length).toBeGreaterThan(HOSTILE.length);

    await test.step("addresses that spell no text, and names that nothing can have, are refused", async () => {
      const statuses = async (paths: readonly string[]) =>
        Promise.all(paths.map(async (path) => [path, (await page.request.get(at(path))).status()]));
      const unreadable = ["/identities/%E0%A4%A", "/events/%zz", "/api/v1/events/%ff"];
      expect(await statuses(unreadable)).toEqual(unreadable.map((path) => [path, 400]));
      expect(await statuses(["/api/v1/search?q=%00"])).toEqual([["/api/v1/search?q=%00", 200]]);
      const unknown = [
        "/api/v1/identities/%00",
        "/api/v1/events/%00",
        "/api/v1/ingests/%00",
        "/api/v1/reports/%00",
      ];
      expect(await statuses(unknown)).toEqual(unknown.map((path) => [path, 400]));
      const refused = [
        "customer=%00",
        "days=x",
        "asOf=9999-12-31T23:59:59-23:59",
        "limit=0",
        "cursor=eyJ9",
      ].map((query) => `/api/v1/reports/accounts?${query}`);
      expect(await statuses(refused)).toEqual(refused.map((path) => [path, 400]));
    });

    await test.step("no request ends the server", async () => {
      const { origin } = new URL(server.address);
      const members = (await (await page.request.get(at("/api/v1/members"))).json()) as {
        members: { member: string }[];
      };
      const link = await page.request.post(at(`/api/v1/members/${members.members[0]?.member}/link`), {
        headers: { origin },
      });
      const { url } = (await link.json()) as { url: string };
      const token = new URL(url).pathname.split("/").at(-1);
      const seed = Date.now() % 1_000_000;
      const [result] = await fuzz([await httpTarget(new URL(origin), token)], { seed, cases: 300 });
      expect(result?.findings, `seed ${seed}`).toEqual([]);
    });
  } finally {
    await server.stop();
  }
});
