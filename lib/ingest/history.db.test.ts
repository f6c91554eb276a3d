/** Generated histories through the whole engine: order, repetition, batches and the moment asked for change nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { differences } from "../reports/check.ts";
import { linksReport } from "../reports/links.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { storedProjection } from "../reports/stored.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { ingest } from "./ingest.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
const HOUR = 3_600_000;

/** What happened, when, in the words of its source. */
interface Happening {
  at: number;
  line: string;
}

/** Few people, names and applications, so that names pass on and accounts meet. */
const person = fc.constantFrom("ann", "bea", "cem", "dov");
const name = fc.constantFrom("first@larkspur.example", "second@larkspur.example", "third@larkspur.example");
const application = fc.constantFrom("Wiki", "Chat");
const hour = fc.integer({ min: 0, max: 24 * 200 });

const OKTA_TYPES = [
  "user.lifecycle.create",
  "user.lifecycle.deactivate",
  "user.lifecycle.suspend",
  "user.lifecycle.unsuspend",
  "user.lifecycle.reactivate",
  "application.user_membership.add",
  "application.user_membership.remove",
  "application.user_membership.deprovision",
  "application.provision.user.push",
  "application.provision.user.push_profile",
  "application.provision.user.deactivate",
  "application.provision.user.import",
  "application.provision.group_membership.add",
  "application.provision.group_membership.remove",
  "application.integration.authentication_failure",
  "user.authentication.sso",
  "user.session.start",
  "group.user_membership.remove",
];

const okta = fc
  .record({
    hour,
    type: fc.constantFrom(...OKTA_TYPES),
    person,
    name,
    application,
    withUser: fc.boolean(),
    withAccount: fc.boolean(),
    failed: fc.boolean(),
    serial: fc.nat(5),
  })
  .map(
    ({
      hour: h,
      type,
      person: id,
      name: alternateId,
      application: label,
      withUser,
      withAccount,
      failed,
      serial,
    }) => {
      const user = { id: `00u-${id}`, type: "User", alternateId, displayName: id };
      const atApplication = type.startsWith("application.") || type === "user.authentication.sso";
      const target = [
        ...(withUser || !atApplication ? [user] : []),
        ...(atApplication && withAccount
          ? [{ id: `0ua-${id}-${label}`, type: "AppUser", alternateId, displayName: id }]
          : []),
        ...(atApplication
          ? [{ id: `0oa-${label}`, type: "AppInstance", alternateId: label, displayName: label }]
          : []),
        ...(type.includes("membership.") && type.includes("group")
          ? [{ id: "00g-1", type: "UserGroup", alternateId: "Engineers", displayName: "Engineers" }]
          : []),
      ];
      const at = START + h * HOUR;
      const record = {
        uuid: `${type}-${h}-${id}-${serial}`,
        published: new Date(at).toISOString(),
        eventType: type,
        actor: withUser
          ? user
          : { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
        outcome: failed ? { result: "FAILURE", reason: "HTTP 500" } : { result: "SUCCESS", reason: null },
        target,
      };
      return { at, line: JSON.stringify(record) };
    },
  );

const workos = fc
  .record({
    hour,
    type: fc.constantFrom("created", "updated", "deleted"),
    person,
    name,
    active: fc.boolean(),
    linked: fc.boolean(),
  })
  .map(({ hour: h, type, person: id, name: email, active, linked }) => {
    const at = START + h * HOUR;
    const record = {
      object: "event",
      id: `event-${type}-${h}-${id}`,
      event: `dsync.user.${type}`,
      created_at: new Date(at).toISOString(),
      data: {
        id: `directory_user_${id}`,
        idp_id: linked ? `00u-${id}` : "",
        emails: [{ primary: true, value: email }],
        username: email,
        state: active ? "active" : "inactive",
      },
    };
    return { at, line: JSON.stringify(record) };
  });

const history: fc.Arbitrary<Happening[]> = fc.array(fc.oneof({ weight: 5, arbitrary: okta }, workos), {
  minLength: 5,
  maxLength: 60,
});

/** The same lines in an order and with repetitions that the numbers give, cut into files. */
function delivered(lines: readonly string[], numbers: readonly number[]): string[][] {
  const repeated = lines.flatMap((line, i) => ((numbers[i] ?? 0) % 4 === 0 ? [line, line] : [line]));
  const shuffled = repeated
    .map((line, i) => [(numbers[(i * 7) % numbers.length] ?? 0) * 1_000_003 + i * 97, line] as const)
    .sort(([a], [b]) => (a % 1009) - (b % 1009) || a - b)
    .map(([, line]) => line);
  const size = 1 + ((numbers[0] ?? 0) % shuffled.length);
  const files: string[][] = [];
  for (let i = 0; i < shuffled.length; i += size) files.push(shuffled.slice(i, i + size));
  return files;
}

/** A workspace with the pool that sees it. */
interface Own {
  db: Db;
  workspace: string;
}

describe("any history", () => {
  const database = testDatabase();
  let made = 0;

  async function workspaceWith(files: readonly (readonly string[])[]): Promise<Own> {
    made += 1;
    const workspace = `history-${made}`;
    const db = await database.in({ workspace });
    for (const lines of files) {
      const chunks = (async function* () {
        yield new TextEncoder().encode(lines.join("\n"));
      })();
      await ingest(db, workspace, commandLine(), { chunks, file: null, bytesTotal: null });
    }
    return { db, workspace };
  }

  const reportsOf = async ({ db, workspace }: Own, asOf: number) => {
    const reports: unknown[] = [];
    // These tell of the ingests there have been, not of what had happened by then.
    const told: readonly string[] = ["completeness", "overview"];
    for (const report of REPORT_NAMES.filter((name) => !told.includes(name))) {
      const { completeness: _sources, ...rest } = await runReport(db, workspace, report, { asOf });
      reports.push(rest);
    }
    return reports;
  };

  it("gives the same rows in any order, with any repetition, in any files; and at any past moment what it gave then", async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 0, max: 24 * 200 }),
        async (happenings, numbers, pastHour) => {
          const lines = happenings.map(({ line }) => line);
          const plain = await workspaceWith([lines]);
          const other = await workspaceWith(delivered(lines, numbers));
          const stored = async ({ db, workspace }: Own) =>
            JSON.stringify((await storedProjection(db, workspace)).projection);
          expect(await stored(other)).toBe(await stored(plain));
          const links = ({ db, workspace }: Own) => linksReport(db, workspace);
          const [asked, askedOther] = [await links(plain), await links(other)];
          expect(askedOther.conflicts).toEqual(asked.conflicts);
          expect(await differences(other.db, other.workspace)).toEqual([]);

          const past = START + pastHour * HOUR + 1;
          const early = await workspaceWith([
            happenings.filter(({ at }) => at <= past).map(({ line }) => line),
          ]);
          expect(await reportsOf(plain, past)).toEqual(await reportsOf(early, past));
          await Promise.all([plain, other, early].map(({ db }) => db.close()));
        },
      ),
      { numRuns: 20 },
    );
  }, 300_000);
});
