/** An empty installation of its own: what somebody sees first, and the two ways to begin. */
import { expect, test } from "playwright/test";
import { PLAIN_PAGES } from "../pages.ts";
import { startServer } from "../server.ts";
import { visit } from "../visit.ts";

/** What an empty page says where it shows no report. */
const TEACHES: Record<string, RegExp> = {
  "/": /Drop a file here/u,
  "/sources": /Drop a file/u,
  "/access": /Operator/u,
  "/evidence": /With a schedule a pack is made/u,
  "/links": /Nobody|No |Nothing/u,
  "/shares": /by a link: one page/u,
  "/audit": /made a sign-in link|signed in/u,
  "/reviews": /No access review has been opened/u,
  "/reviews/new": /Open the review/u,
};

test("offers to drop a file or to explore the sample, and loads it", async ({ page }) => {
  test.setTimeout(180_000);
  const server = await startServer("start");
  try {
    await page.goto(server.address);
    await expect(page.getByText("Drop a file here")).toBeVisible();
    // Each page says what will be there, and how to get it.
    for (const [path, heading] of PLAIN_PAGES) {
      await visit(page, new URL(path, server.address).href);
      const title = page.getByRole("heading", { level: 1 });
      if (path === "/applications/Slack") {
        await expect(page.getByText("The records know nothing of this name.")).toBeVisible();
        continue;
      }
      await expect(title, path).toContainText(heading === "Overview" ? /\S/u : heading);
      await expect(page.getByRole("main"), path).toContainText(TEACHES[path] ?? /Here will be .*\./u);
      // The preview of a new review says that there is nothing to review.
      const alerts = page.getByRole("alert").filter({ hasText: /\S/u });
      await expect(alerts, path).toHaveCount(path === "/reviews/new" ? 1 : 0);
    }
    await page.goto(new URL("/", server.address).href);
    await page.getByRole("button", { name: "Explore the sample company" }).click();
    await expect(page.getByText(/records loaded/u)).toBeVisible();
    await expect(page.getByText(/of \d+ leavers/u).first()).toBeVisible({ timeout: 150_000 });
  } finally {
    await server.stop();
  }
});
