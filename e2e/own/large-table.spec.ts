/** The table of a report with 100,000 rows. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "playwright/test";
import { startServer } from "../server.ts";
import { sessionOf } from "../sign-in.ts";
import { visit } from "../visit.ts";

const START = fileURLToPath(new URL("../../lib/cli/start.mjs", import.meta.url));

test("goes to the end of 100,000 rows", async ({ page }) => {
  test.setTimeout(600_000);
  const server = await startServer("start");
  try {
    const at = new URL(server.address).origin;
    const session = await sessionOf(server.address);
    await page.context().addCookies([{ name: "next-auth.session-token", value: session, url: at }]);
    const file = join(server.home, "big.csv");
    const number = (i: number) => String(i).padStart(6, "0");
    const lines = Array.from(
      { length: 100_000 },
      (_, i) => `u${number(i)},user-${number(i)}@big.example,Active`,
    );
    await writeFile(file, ["id,username,status", ...lines].join("\n"));
    await promisify(execFile)(
      process.execPath,
      [START, "rollcall", "ingest", file, "--application", "Big", "--at", "2026-03-01T00:00:00Z"],
      { env: { ...process.env, ROLLCALL_HOME: server.home, DATABASE_URL: "" } },
    );
    await expect(async () => {
      await visit(page, `${at}/accounts?sort=-account`);
      await expect(page.getByRole("heading", { name: /accounts?$/u, level: 2 })).toHaveText(
        "100,000 accounts",
        { timeout: 2_000 },
      );
    }).toPass({ timeout: 300_000 });
    const drawn = page.locator("tbody tr[data-index]");
    expect(await drawn.count()).toBeLessThan(100);
    await page.keyboard.press("j");
    await page.keyboard.press("End");
    const last = page.locator("tr[data-index='99999']");
    await expect(last).toBeFocused();
    await expect(last).toHaveAttribute("aria-rowindex", "100001");
    await expect(last).toContainText("user-000000@big.example");
    expect(await drawn.count()).toBeLessThan(100);
    await page.keyboard.press("Home");
    await expect(page.locator("tr[data-index='0']")).toContainText("user-099999@big.example");
  } finally {
    await server.stop();
  }
});
