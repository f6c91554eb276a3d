/** Shared links on a real database: who sees what, until when, and what is written down. */
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readAudit } from "../../db/queries/audit.ts";
import { readCustomerReviews } from "../../db/queries/customer-reviews.ts";
import { readShares } from "../../db/queries/shares.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { newSecret } from "../auth/secret.ts";
import { writerHere } from "../evidence/export-evidence.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { unpacked, written } from "../files/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { decideItems } from "../reviews/decide-items.ts";
import { openReview } from "../reviews/open-review.ts";
import { reviewItems } from "../reviews/read.ts";
import { emailOf, memberNamed, oktaRecord } from "../reviews/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { createShare } from "./create-share.ts";
import { downloadShare } from "./download-share.ts";
import { listShares } from "./list-shares.ts";
import { readShared } from "./read-shared.ts";
import { revokeShare } from "./revoke-share.ts";
import { sharedReviews } from "./shared-reviews.ts";
import { viewShare } from "./view-share.ts";

const W = "main";
const INSTALLATION = "secret of the tests";
const DAY = 86_400_000;
const by = commandLine();

/** Of each customer two people with accounts in an application of its own, one of whom has left. */
const CUSTOMERS = {
  Acme: { people: ["ann", "ava"], application: "Anvil" },
  Globex: { people: ["gus", "gil"], application: "Globe" },
} as const;
type Customer = keyof typeof CUSTOMERS;

describe("a shared link", () => {
  const database = testDatabase();
  const now = Date.now();
  const scopes = new Map<string | null, Db>();
  const scoped = (customer: string | null): Db => scopes.get(customer) as Db;
  const writer = (customer: string | null) => writerHere(scoped(customer), W);
  let reviewer = "";

  const share = async (input: Parameters<typeof createShare>[3]) => {
    const made = await createShare(database.db, W, by, input);
    return { ...made, secret: made.path.slice("/share/".length) };
  };
  const view = (secret: string) => viewShare(database.db, W, secret, "192.0.2.9");
  const shownTo = async (secret: string) => {
    const holder = await view(secret);
    if (holder === null) throw new Error("The link does not work.");
    return { holder, shared: await readShared(scoped(holder.customer), W, holder) };
  };
  const entries = async (verb: string) => readAudit(database.db, W, { verb }, 100);
  const packOf = async (secret: string) => {
    const pack = await downloadShare(database.db, W, secret, "192.0.2.9", writer, INSTALLATION);
    return pack === null
      ? null
      : { name: pack.name, files: await unpacked(await written((target) => pack.write(target))) };
  };
  const review = (name: string, customers: readonly string[]) =>
    openReview(database.db, W, by, {
      name,
      dueAt: new Date(now + 30 * DAY).toISOString(),
      fallback: reviewer,
      scope: { customers },
    });

  beforeAll(async () => {
    for (const [customer, { people, application }] of Object.entries(CUSTOMERS)) {
      const [first, second] = people;
      const records = [
        ...people.map((name) =>
          oktaRecord("application.provision.user.push", name, application, now - 10 * DAY),
        ),
        oktaRecord("application.provision.user.deactivate", second, application, now - DAY),
        oktaRecord("user.authentication.sso", first, application, now - DAY),
      ];
      await ingestText(
        database.db,
        W,
        records.join("\n"),
        `okta-${customer.toLowerCase()}`,
        "okta",
        customer,
      );
    }
    scopes.set(null, database.db);
    for (const customer of Object.keys(CUSTOMERS))
      scopes.set(customer, await database.in({ workspace: W, customer }));
    reviewer = (await memberNamed(database.db, W, "rita", "analyst")).member as string;
  });

  it("is kept as a hash alone, made by whoever may, and written down without its secret", async () => {
    const { secret, share: id } = await share({ customer: "Acme", label: "Acme's auditor" });
    const [row] = await database.owner.sql<{ hash: Buffer }[]>`select hash from shares where share = ${id}`;
    expect(row?.hash).toEqual(createHash("sha256").update(secret).digest());
    expect(secret).toMatch(/^rcv_main_[\w-]{43}$/u);
    const [made] = await entries("create-share");
    expect(made).toMatchObject({ object: "Acme's auditor", after: { share: id, customer: "Acme" } });
    const everything = await database.owner.sql`
      select (select string_agg(a::text, '') from audit_entries a) || (select string_agg(s::text, '') from shares s) as text`;
    expect(String(everything[0]?.text)).not.toContain(secret.slice(-43));
    for (const role of ["analyst", "auditor", "customer-viewer", "reviewer"] as const) {
      const caller: Caller = { ...by, role };
      await expect(createShare(database.db, W, caller, { auditor: true })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(listShares(database.db, W, caller)).rejects.toMatchObject({ code: "forbidden" });
      await expect(revokeShare(database.db, W, caller, id)).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it.each(["Acme", "Globex"] as const)(
    "shows %s its own records, and no word of another's",
    async (customer) => {
      const other: Customer = customer === "Acme" ? "Globex" : "Acme";
      await review("Q1 of Acme", ["Acme"]);
      await review("Q1 of Globex", ["Globex"]);
      await review("Both, Acme and Globex", ["Acme", "Globex"]);
      const { secret } = await share({ customer });
      const { shared } = await shownTo(secret);
      const text = JSON.stringify(shared);
      const own = CUSTOMERS[customer];
      for (const word of [own.application, `okta-${customer.toLowerCase()}`, `Q1 of ${customer}`])
        expect(text).toContain(word);
      const theirs = CUSTOMERS[other];
      const foreign = [theirs.application, other, other.toLowerCase(), ...theirs.people.map(emailOf)];
      for (const word of [...foreign, emailOf("rita"), "rita", "Both"]) expect(text).not.toContain(word);
      expect(shared.withOthers).toBeGreaterThan(0);
      expect(shared.reviews.every(({ name }) => name === `Q1 of ${customer}`)).toBe(true);
      const pack = await packOf(secret);
      expect(pack?.name).toMatch(
        new RegExp(`^rollcall-evidence-${customer}-\\d{4}-\\d\\d-\\d\\d\\.zip$`, "u"),
      );
      expect(manifestOf(pack?.files ?? new Map()).scope).toEqual({
        customer,
        application: null,
        review: null,
      });
      const bytes = [...(pack?.files.values() ?? [])].map((file) => file.toString("utf8")).join("\n");
      expect(bytes).toContain(own.application);
      // Its own people stand by pseudonyms.
      for (const word of [...foreign, "rita", ...own.people.map(emailOf)]) expect(bytes).not.toContain(word);
    },
  );

  it("shows an auditor the whole workspace with its reviews, and no reviewer's e-mail", async () => {
    const { secret } = await share({ auditor: true });
    const { shared, holder } = await shownTo(secret);
    const text = JSON.stringify(shared);
    for (const word of ["Anvil", "Globe", "Both, Acme and Globex"]) expect(text).toContain(word);
    expect(text).not.toContain(emailOf("rita"));
    expect(holder.by).toMatchObject({ role: "auditor", customer: null });
    const pack = await packOf(secret);
    expect([...(pack?.files.keys() ?? [])]).toContain("audit.csv");
  });

  it("tells how a customer's review stands: decided, verified by that customer's records, exempted", async () => {
    const { review: id } = await review("Counted", ["Acme"]);
    const items = (await reviewItems(database.db, W, by, id))?.rows ?? [];
    expect(items.map(({ application, userName }) => [application, userName])).toEqual([
      ["Anvil", emailOf("ann")],
    ]);
    const told = async () =>
      (
        await sharedReviews(scoped("Acme"), W, { ...by, role: "customer-viewer", customer: "Acme" })
      ).reviews.find(({ name }) => name === "Counted");
    expect(await told()).toMatchObject({ items: 1, decided: 0, verified: 0, exempted: 0, toDo: 0 });
    const [item] = items;
    await decideItems(database.db, W, by, id, [
      { item: item?.item ?? "", version: item?.version ?? 0, decision: "revoke", reason: "not needed" },
    ]);
    expect(await told()).toMatchObject({ items: 1, decided: 1, verified: 0, toDo: 1 });
    const ended = oktaRecord("application.provision.user.deactivate", "ann", "Anvil", Date.now());
    await ingestText(database.db, W, ended, "okta-acme", "okta");
    expect(await told()).toMatchObject({ items: 1, decided: 1, verified: 1, toDo: 0 });
  });

  it("leaves reviews closed to every other connection: the function tells a customer of its own alone", async () => {
    const own = await readCustomerReviews(scoped("Globex").sql);
    expect(own.length).toBeGreaterThan(0);
    for (const one of own) {
      if (one.alone) expect(JSON.stringify(one)).not.toMatch(/Acme|Anvil|rita/u);
      else expect([one.name, one.items]).toEqual([null, null]);
    }
    expect(await readCustomerReviews(database.db.sql)).toEqual([]);
    const stranger = await database.in({ workspace: "second", customer: "Globex" });
    expect(await readCustomerReviews(stranger.sql)).toEqual([]);
    const forged = await scoped("Globex").sql.begin(async (sql) => {
      await sql`select set_config('rollcall.customer', 'Acme', true)`;
      return readCustomerReviews(sql);
    });
    expect(forged).toEqual([]);
    expect(await readShares(scoped("Globex").sql, W)).toEqual([]);
  });

  it("writes each view and each download down, by whom, from where, and counts them", async () => {
    const { secret, share: id } = await share({ customer: "Acme", label: "Kim" });
    const before = {
      views: (await entries("view-share")).length,
      packs: (await entries("download-share")).length,
    };
    await view(secret);
    await view(secret);
    await packOf(secret);
    const views = await entries("view-share");
    expect(views.length - before.views).toBe(2);
    expect((await entries("download-share")).length - before.packs).toBe(1);
    for (const entry of [views[0], (await entries("download-share"))[0]])
      expect(entry).toMatchObject({
        actorKind: "share",
        actorId: id,
        actorName: "Kim",
        address: "192.0.2.9",
        object: "Kim",
      });
    const { shares } = await listShares(database.db, W, by);
    expect(shares.find((one) => one.share === id)).toMatchObject({
      label: "Kim",
      views: 2,
      downloads: 1,
      lastUsedAt: expect.any(String),
    });
  });

  it("shows nothing, and is written down as nothing, when it never was, is over, or was revoked", async () => {
    const revoked = await share({ auditor: true });
    await revokeShare(database.db, W, by, revoked.share);
    await expect(revokeShare(database.db, W, by, revoked.share)).rejects.toMatchObject({
      code: "unknown-share",
    });
    const over = await share({ auditor: true });
    await database.owner.sql.begin(async (sql) => {
      await sql`alter table shares disable trigger user`;
      await sql`update shares set expires_at = now() where share = ${over.share}`;
      await sql`alter table shares enable trigger user`;
    });
    const open = await share({ auditor: true });
    const count = async () => (await readAudit(database.db, W, {}, 1_000)).length;
    const before = await count();
    const wrong = [
      revoked.secret,
      over.secret,
      newSecret("rcv", W).secret,
      `${open.secret.slice(0, -1)}${open.secret.endsWith("A") ? "B" : "A"}`,
      `${open.secret}x`,
      open.secret.replace("rcv", "rct"),
      open.share,
      "",
    ];
    for (const secret of wrong) {
      expect(await view(secret), secret).toBeNull();
      expect(await downloadShare(database.db, W, secret, null, writer, INSTALLATION), secret).toBeNull();
    }
    expect(await count()).toBe(before);
    // In another workspace it opens nothing either.
    const second = await database.in({ workspace: "second" });
    expect(await viewShare(second, "second", open.secret, null)).toBeNull();
    expect(await view(open.secret)).not.toBeNull();
  });
});
