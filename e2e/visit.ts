/** Opens a page as a person does: who presses a key only once the page is there to answer it. */
import { expect, type Page, type Response } from "playwright/test";

/** What a person can use on a page. */
const USABLE = "main :is(a, button, input, select, textarea, [tabindex])";

/**
 * Waits until React has taken over what the server drew. Before that a key or a click reaches nobody, and an idle
 * network alone does not tell: with the processor busy, the scripts have come long before they have run.
 */
async function isTakenOver(page: Page): Promise<void> {
  await expect(async () => {
    // A page may lead on to another, also once it has been quiet.
    await page.waitForLoadState("networkidle");
    const waiting = await page.evaluate(
      (usable) =>
        [...document.querySelectorAll(usable)].filter(
          (element) => !Object.keys(element).some((key) => key.startsWith("__reactProps$")),
        ).length,
      USABLE,
    );
    expect(waiting, "what React has not taken over").toBe(0);
    // Listeners are set by effects, which run once the browser has drawn.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  }).toPass({ intervals: [10, 50, 100], timeout: 30_000 });
}

/** Goes to an address that is not theirs, and waits until the page that says so answers to keys and clicks. */
export async function visitForbidden(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page).toHaveURL(/\/forbidden$/u);
  await isTakenOver(page);
}

/** Goes to an address, and waits until the page answers to keys and clicks. @returns what the server answered. */
export async function visit(page: Page, address: string): Promise<Response | null> {
  const answer = await page.goto(address, { waitUntil: "networkidle" });
  await isTakenOver(page);
  return answer;
}

/** Loads the page anew, and waits until it answers to keys and clicks. */
export async function reload(page: Page): Promise<void> {
  await page.reload({ waitUntil: "networkidle" });
  await isTakenOver(page);
}
