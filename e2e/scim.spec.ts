/** An application's SCIM service, as an admin sets it on the application's page. */
import { expect, test } from "playwright/test";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const PAGE = `${origin}/applications/Slack`;

test("an admin says where an application's SCIM service is, and nobody is told the token", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await visit(page, PAGE);
  await expect(page.getByText("nothing: no SCIM service is set")).toBeVisible();
  await page.getByRole("button", { name: "Set SCIM service" }).click();
  const panel = page.getByRole("dialog", { name: "SCIM service of Slack" });
  await panel.getByLabel("Address of the SCIM 2.0 service").fill("https://me:secret@slack.example/scim/v2");
  await panel.getByLabel("Bearer token").fill("t0p-secret");
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect(panel.getByRole("alert")).toContainText("without a user name, password");
  await panel.getByLabel("Address of the SCIM 2.0 service").fill("https://slack.example/scim/v2/");
  await panel.getByLabel("Access may be ended there").check();
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByText("accounts are deactivated by SCIM at slack.example")).toBeVisible();

  const told = await page.request.get(`${origin}/api/v1/applications/Slack/scim`);
  expect(await told.json()).toMatchObject({
    connection: {
      application: "Slack",
      url: "https://slack.example/scim/v2",
      writes: true,
      ending: "deactivate",
    },
  });
  expect(await page.content()).not.toContain("t0p-secret");
  expect(await told.text()).not.toContain("t0p-secret");

  const { page: analyst } = await memberPage(browser, "analyst");
  await visit(analyst, PAGE);
  await expect(analyst.getByText("Leavers' accounts end within")).toBeVisible();
  await expect(analyst.getByText("Ended from here")).toHaveCount(0);
  await analyst.context().close();

  await page.getByRole("button", { name: "Change SCIM service" }).click();
  // Another host gets no token that was given for this one.
  await panel.getByLabel("Address of the SCIM 2.0 service").fill("https://elsewhere.example/scim/v2");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByRole("alert")).toContainText("Give the token too");
  await panel.getByRole("button", { name: "Take away" }).click();
  await expect(page.getByText("nothing: no SCIM service is set")).toBeVisible();
});
