/** What is read of a few accounts is all that everybody's rows have of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { sourceNames } from "../../db/queries/sources.ts";
import { commandLine } from "../auth/caller.ts";
import { decide } from "../identities/decide.ts";
import { HOUR, history, START } from "../ingest/testing/histories.ts";
import { ingestText } from "../ingest/testing.ts";
import { normaliseName } from "../lifecycle/refs.ts";
import { loadModel } from "../reports/model.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type About, Standing, type StandingRows } from "./outcome.ts";
import { rowsNow } from "./standing.ts";
import { oktaRecord } from "./testing.ts";

const aboutOf = ({ accounts, credentials }: StandingRows): About[] => [
  ...accounts.map(({ application, account }): About => ({ kind: "account", application, account })),
  ...credentials.map(({ application, id }): About => ({ kind: "credential", application, account: id })),
];

const whole = ({ accounts, entitlements, credentials }: StandingRows): StandingRows => ({
  accounts,
  entitlements,
  credentials,
});

/** Those of one account or credential. */
const of = ({ accounts, entitlements, credentials }: StandingRows, about: About): StandingRows => {
  const own = <T extends { application: string; account: string }>(rows: readonly T[]) =>
    rows.filter((row) => about.kind === "account" && Standing.placeOf(row) === Standing.placeOf(about));
  return {
    accounts: own(accounts),
    entitlements: own(entitlements),
    credentials: credentials.filter(({ id }) => about.kind === "credential" && id === about.account),
  };
};

describe("the rows of a few accounts", { timeout: 120_000 }, () => {
  const database = testDatabase();
  const both = async (db: Db, workspace: string, wanted?: readonly About[]) => {
    const model = await loadModel(db, workspace, {});
    const sources = await sourceNames(db.sql, workspace);
    return { model, found: await rowsNow(db, workspace, wanted ?? aboutOf(model), sources) };
  };

  it("are those of everybody who has them, in whatever way records name them", async () => {
    let made = 0;
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(history, async (happenings) => {
        const workspace = `standing-${++made}`;
        const db = await database.in({ workspace });
        try {
          for (const source of ["okta", "workos"]) {
            const own = happenings.filter(
              ({ line }) => line.startsWith('{"object"') === (source === "workos"),
            );
            if (own.length > 0)
              await ingestText(db, workspace, own.map(({ line }) => line).join("\n"), source, source);
          }
          const { model, found } = await both(db, workspace);
          expect(found).toEqual(whole(model));
          for (const about of aboutOf(model).slice(0, 3))
            expect((await both(db, workspace, [about])).found).toEqual(of(model, about));
          seen += model.accounts.length;
        } finally {
          await db.close();
        }
      }),
      { numRuns: 6 },
    );
    expect(seen).toBeGreaterThan(0);
  });

  it("are found of whoever was decided not to have them, and of those who are the account themselves", async () => {
    const workspace = "decided";
    const db = await database.in({ workspace });
    const used = (actor: object, n: number) =>
      JSON.stringify({
        ...JSON.parse(oktaRecord("user.authentication.sso", "ann", "Wiki", START + n * HOUR)),
        actor: { type: "User", ...actor },
        target: [{ id: "0oa-Wiki", type: "AppInstance", alternateId: "Wiki", displayName: "Wiki" }],
      });
    const text = [
      oktaRecord("application.provision.user.push", "ann", "Chat", START),
      used({ id: "00u-id" }, 1),
      used({ alternateId: "Guest@larkspur.example" }, 2),
      used({ id: "00u-named", alternateId: "Named@larkspur.example" }, 3),
    ];
    await ingestText(db, workspace, text.join("\n"), "okta", "okta");
    await decide(db, workspace, commandLine(), {
      a: "p:okta:00u-ann",
      b: "x:chat:#0ua-ann",
      verdict: "different",
      reason: "shared by several",
    });
    const { model } = await both(db, workspace);
    const known = aboutOf(model);
    expect(known.map(({ account }) => account).sort()).toEqual([
      "00u-id",
      "0ua-ann",
      "Guest@larkspur.example",
      "Named@larkspur.example",
    ]);
    expect(model.accounts.find(({ account }) => account === "0ua-ann")?.subject).toBe("p:okta:00u-ann");
    for (const about of known)
      expect((await both(db, workspace, [about])).found, about.account).toEqual(of(model, about));
    await db.close();
  });

  it("are those of now where records are of a time to come", async () => {
    const workspace = "future";
    const db = await database.in({ workspace });
    const text = [
      oktaRecord("application.provision.user.push", "ann", "Chat", START),
      oktaRecord("application.provision.user.deactivate", "ann", "Chat", Date.now() + 1_000 * HOUR),
    ];
    await ingestText(db, workspace, text.join("\n"), "okta", "okta");
    const { model, found } = await both(db, workspace);
    expect(found.accounts).toMatchObject([{ active: true }]);
    expect(found).toEqual(whole(model));
    const other: About = { kind: "account", application: "Chat", account: normaliseName("Nobody") };
    expect((await both(db, workspace, [other])).found).toEqual(of(model, other));
    await db.close();
  });
});
