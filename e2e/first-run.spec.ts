/** An empty installation of its own: what somebody sees first, and the two ways to begin. */
import { expect, test } from "playwright/test";
import { startServer } from "./server.ts";

test("offers to drop a file or to explore the sample, and loads it", async ({ page }) => {
  test.setTimeout(180_000);
  const server = await startServer("start");
  try {
    await page.goto(server.address);
    await expect(page.getByText("Drop a file here")).toBeVisible();
    for (const path of ["/coverage", "/failures", "/offboarding", "/dormant", "/accounts"]) {
      await page.goto(new URL(path, server.address).href);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    await page.goto(new URL("/", server.address).href);
    await page.getByRole("button", { name: "Explore the sample company" }).click();
    await expect(page.getByText(/records loaded/u)).toBeVisible();
    await expect(page.getByText(/of \d+ leavers/u).first()).toBeVisible({ timeout: 150_000 });
  } finally {
    await server.stop();
  }
});
