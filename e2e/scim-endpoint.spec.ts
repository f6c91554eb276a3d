/** The SCIM endpoint of a running server: the door before it, the token, Okta's own suite. */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "playwright/test";
import { readSuite, runOktaSuite } from "../lib/scim-server/testing/suite.ts";
import { memberPage, newMember, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
const FILE = "../../shared/samples/scim-suite/Okta-SCIM-20-SPEC-Test.json";

/** A source that an admin makes over HTTP. */
async function newSource(source: string) {
  const { session } = await newMember("admin");
  const cookie = `next-auth.session-token=${session}`;
  const made = await fetch(`${origin}/api/v1/scim-sources`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json", ...SAME_ORIGIN },
    body: JSON.stringify({ source, governsMembers: false }),
  });
  expect(made.status).toBe(200);
  return { cookie, ...((await made.json()) as { secret: string; url: string }) };
}

const send = (url: string, method: string, headers: Record<string, string>, body?: string) =>
  fetch(url, {
    method,
    headers: { "content-type": "application/scim+json", ...headers },
    ...(body === undefined ? {} : { body }),
  });

test("a source's own token opens it, and no session, no API token, no origin", async () => {
  const { secret, url, cookie } = await newSource(`door-${randomUUID().slice(0, 8)}`);
  expect(url).toBe(`${origin}/scim/v2`);
  const token = { authorization: `Bearer ${secret}` };
  const made = await send(`${url}/Users`, "POST", token, JSON.stringify({ userName: "alice" }));
  expect(made.status).toBe(201);
  const { meta } = (await made.json()) as { meta: { location: string } };
  expect(meta.location).toContain(`${url}/Users/`);
  expect(made.headers.get("location")).toBe(meta.location);
  expect(made.headers.get("content-type")).toBe("application/scim+json");
  expect((await send(meta.location, "GET", token)).status).toBe(200);
  expect((await send(meta.location, "HEAD", token)).status).toBe(200);
  for (const headers of [{}, { cookie, ...SAME_ORIGIN }, { authorization: "Bearer rct_main_x" }]) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const shut = await send(`${url}/Users`, method, headers as Record<string, string>);
      expect([shut.status, shut.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="SCIM"']);
      expect(await shut.json()).toMatchObject({ schemas: [ERROR], status: "401" });
    }
  }
  // What it opens is this alone.
  expect((await send(`${origin}/api/v1/sources`, "GET", token)).status).toBe(401);
});

test("the door says no as SCIM has it", async () => {
  const { secret, url } = await newSource(`limits-${randomUUID().slice(0, 8)}`);
  const token = { authorization: `Bearer ${secret}` };
  const refused = async (body: string) => {
    const answer = await send(`${url}/Users`, "POST", token, body);
    expect(answer.headers.get("content-type")).toBe("application/scim+json");
    const { schemas, status, scimType } = (await answer.json()) as Record<string, unknown>;
    expect(schemas).toEqual([ERROR]);
    expect(status).toBe(String(answer.status));
    return [answer.status, scimType];
  };
  expect(await refused(JSON.stringify({ userName: "x".repeat(1_100_000) }))).toEqual([413, undefined]);
  expect(await refused("{")).toEqual([400, "invalidSyntax"]);
  expect(await refused(`${'{"a":'.repeat(40)}1${"}".repeat(40)}`)).toEqual([400, "invalidSyntax"]);
  expect(await refused('{"userName":"a","userName":"b"}')).toEqual([400, "invalidSyntax"]);
});

test("an admin makes a source on the page, sees its token once, renews and revokes it", async ({
  page,
  browser,
}) => {
  const name = `page-${randomUUID().slice(0, 8)}`;
  await signIn(page);
  await visit(page, `${origin}/sources`);
  await page.getByRole("button", { name: "Let a provider provision" }).click();
  const panel = page.getByRole("dialog", { name: "Let an identity provider provision" });
  await panel.getByLabel("Name of the source").fill("Not a name");
  await panel.getByRole("button", { name: "Make it" }).click();
  await expect(panel.getByRole("alert")).toContainText("lower-case letters");
  await panel.getByLabel("Name of the source").fill(name);
  await panel.getByLabel("It governs members of Rollcall").check();
  await panel.getByRole("button", { name: "Make it" }).click();
  const shown = page.getByRole("dialog", { name });
  const secret = await shown.getByLabel("Bearer token").inputValue();
  await expect(shown).toContainText(`${origin}/scim/v2`);
  const asks = (token: string) =>
    send(`${origin}/scim/v2/Users`, "GET", { authorization: `Bearer ${token}` });
  expect((await asks(secret)).status).toBe(200);
  await shown.getByRole("button", { name: "I have it" }).click();
  await expect(shown).toHaveCount(0);
  const row = page.getByRole("row", { name: new RegExp(name, "u") });
  await expect(row).toContainText("yes");
  expect(await page.content()).not.toContain(secret);

  await row.getByRole("button", { name: `New token for ${name}` }).click();
  await page
    .getByRole("dialog", { name: `Make a new token for ${name}?` })
    .getByRole("button", { name: "Make it" })
    .click();
  const renewed = await shown.getByLabel("Bearer token").inputValue();
  await shown.getByRole("button", { name: "I have it" }).click();
  expect([(await asks(secret)).status, (await asks(renewed)).status]).toEqual([401, 200]);
  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page
    .getByRole("dialog", { name: `Revoke the token of ${name}?` })
    .getByRole("button", { name: "Revoke", exact: true })
    .click();
  await expect(row).toContainText("revoked");
  expect((await asks(renewed)).status).toBe(401);

  const { page: analyst } = await memberPage(browser, "analyst");
  await visit(analyst, `${origin}/sources`);
  await expect(analyst.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(analyst.getByRole("button", { name: "Let a provider provision" })).toHaveCount(0);
  await analyst.context().close();
});

test("Okta's own suite passes", async () => {
  const suite = await readSuite(fileURLToPath(new URL(FILE, import.meta.url)));
  test.skip(suite === null, "Okta's SCIM suite is not on this machine.");
  if (suite === null) return;
  const { broken } = await runOktaSuite(suite, await newSource(`suite-${randomUUID().slice(0, 8)}`));
  expect(broken).toEqual([]);
});
