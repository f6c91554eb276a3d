/** An HTTP server's log is mapped on its own lines, kept, used by an upload, and undone. */
import { expect, test } from "playwright/test";
import { origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const line = (id: string, differs: object = {}) =>
  JSON.stringify({
    when: "2026-03-02T09:15:30Z",
    call: { verb: "DELETE", route: `/scim/v2/Users/${id}` },
    code: 204,
    app: "Mapped Gateway",
    ...differs,
  });
const LINES = [line("u-1"), line("u-2", { call: { verb: "GET", route: "/index.html" } })].join("\n");

test("a log is mapped while its lines show what they become", async ({ page }) => {
  await signIn(page);
  await visit(page, `${origin}/sources`);
  await page.getByRole("button", { name: "Map an access log" }).click();
  const panel = page.getByRole("dialog", { name: "Map an access log" });
  await panel.getByLabel("Name of the source").fill("Not A Name");
  await panel.getByLabel("Some lines of the log").fill(LINES);
  const lines = panel.getByRole("region", { name: "What the lines would become" });
  await expect(lines.getByRole("heading")).toHaveText("0 of 2 lines can be read");

  await panel.getByLabel("Method").selectOption("call.verb");
  await panel.getByLabel("Path or URL").selectOption("call.route");
  await expect(lines).toContainText("The record has no time");
  await panel.getByLabel("Time", { exact: true }).selectOption("when");
  await panel.getByLabel("Status").selectOption("code");
  await expect(lines.getByRole("heading")).toHaveText("1 of 2 lines can be read");
  await expect(lines.getByRole("listitem").first()).toContainText("Delete at Mapped Gateway, u-1");
  await expect(lines.getByRole("listitem").last()).toContainText(
    "Not a record of the format SCIM request log.",
  );

  await panel.getByRole("button", { name: "Keep this mapping" }).click();
  await expect(panel.getByRole("alert")).toContainText("A source's name is");
  await panel.getByLabel("Name of the source").fill("gateway");
  await panel.getByRole("button", { name: "Keep this mapping" }).click();
  await expect(panel).toBeHidden();
  const notice = page.getByRole("status").filter({ hasText: "gateway is read by this mapping from now on." });
  await expect(notice).toBeVisible();

  const sent = await page.request.post(`${origin}/api/v1/ingest?source=gateway`, {
    data: LINES,
    headers: SAME_ORIGIN,
  });
  expect(await sent.json()).toMatchObject({ records: 2, rejected: 1, duplicates: 0 });

  await notice.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: gateway is read by its usual names.")).toBeVisible();
  const kept = await page.request.get(`${origin}/api/v1/sources/mapping?source=gateway`);
  expect(await kept.json()).toEqual({ source: "gateway", map: {} });
});
