/** Reports told by a streaming replica: the page says how far behind it is, and nobody misses what they did. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import type { Person } from "../../lib/reviews/testing.ts";
import { homeAt } from "../../lib/runtime/home.ts";
import { openEmbedded, type PostgresHandle } from "../../lib/runtime/postgres.ts";
import { type Replica, startReplica } from "../../lib/runtime/testing/replica.ts";
import { Installation } from "../installation.ts";
import { visit } from "../visit.ts";

const person = (name: string): Person => ({ name, department: "Sales", title: "Clerk", manager: "" });

let folder = "";
let primary: PostgresHandle;
let replica: Replica;
let installation: Installation;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  folder = await mkdtemp(join(tmpdir(), "rollcall-e2e-replica-"));
  await chmod(folder, 0o711);
  const home = homeAt(join(folder, "primary"));
  await mkdir(home.root, { mode: 0o711 });
  primary = await openEmbedded(home, () => {});
  replica = await startReplica(home, primary.url, folder);
  installation = await Installation.start(browser, {
    DATABASE_URL: primary.url,
    DATABASE_REPLICA_URL: replica.url,
  });
  await installation.settle([person("ann")], ["Wiki"]);
  await replica.catchUp();
});

test.afterAll(async () => {
  await installation?.stop();
  await replica?.stop();
  await primary?.release();
  await rm(folder, { recursive: true, force: true });
});

test("the foot of a report says that the replica has told it, and whoever changes something sees it at once", async () => {
  const page = await installation.page();
  const foot = page.getByRole("main").locator("footer");
  await visit(page, `${installation.origin}/accounts`);
  await expect(foot).toContainText("Told by the replica, which has all.");
  await replica.pause();
  await installation.settle([person("ann"), person("bea")], ["Wiki"]);
  await visit(page, `${installation.origin}/accounts`);
  await expect(page.getByRole("main")).toContainText("bea");
  await expect(foot).not.toContainText("Told by the replica");
  await replica.resume();
  await replica.catchUp();
  await visit(page, `${installation.origin}/accounts`);
  await expect(page.getByRole("main")).toContainText("bea");
  await expect(foot).toContainText("Told by the replica, which has all.");
});
