/** What a web process does in a workspace whose people it must not hold comes out as where it holds all of them. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { storeWish } from "../../../db/queries/editions.ts";
import { subjectNamed } from "../../identities/subject-named.ts";
import { normaliseName } from "../../lifecycle/refs.ts";
import { bringSample, privacyDatabase, WORKSPACE } from "../../privacy/testing.ts";
import { byText } from "../base.ts";
import { loadModel } from "../model.ts";
import { reportAtHand } from "../recent.ts";
import { inOrder } from "../run.ts";
import { buildReports } from "./build.ts";

describe("without everybody's rows", { timeout: 120_000 }, () => {
  const privacy = privacyDatabase();
  const db = () => privacy.database.db;
  beforeAll(async () => {
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0");
    await bringSample(db(), 11);
    await storeWish(db().sql, WORKSPACE, { report: "coverage", question: "", waits: true });
    await buildReports(db(), WORKSPACE);
  }, 120_000);
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it("a person is found by each name that is the same as theirs, and the first of several", async () => {
    const { sql } = privacy.database.owner;
    const odd = [
      ["~1", "\u212Aelvin@larkspur.example", null],
      ["~2", "kelvin@larkspur.example", null],
      ["~3", "\u00A0Kelvin@Larkspur.example ", "İda@larkspur.example"],
      ["~4", "\tIDA@larkspur.example\n", "ÄNNE@larkspur.example"],
      ["~5", "änne@larkspur.example", "kelvin@larkspur.example"],
    ] as const;
    await sql.begin(async (own) => {
      for (const [subject, userName, email] of odd)
        await own`insert into subjects (workspace_id, subject, revision, user_name, email, rows)
          values (${WORKSPACE}, ${subject}, 0, ${userName}, ${email}, '')`;
    });
    const rows = await sql<{ subject: string; userName: string | null; email: string | null }[]>`
      select subject, user_name as "userName", email from subjects where workspace_id = ${WORKSPACE}`;
    const inOrder = [...rows].sort((a, b) => byText(a.subject, b.subject));
    const names = inOrder.flatMap(({ userName, email }) => [userName, email]).filter((name) => name !== null);
    const some = names.filter((_, i) => i % 17 === 0 || i >= names.length - 2 * odd.length);
    expect(some.length).toBeGreaterThan(20);
    for (const name of [
      ...some,
      ...some.map((one) => ` ${one.toUpperCase()}`),
      "nobody",
      "i̇da@larkspur.example",
    ]) {
      const first = inOrder.find((row) =>
        [row.userName, row.email].some((own) => own !== null && normaliseName(own) === normaliseName(name)),
      );
      expect(await subjectNamed(db(), WORKSPACE, name), name).toBe(first?.subject ?? null);
    }
    await sql`delete from subjects where subject like '~%'`;
  });

  it("a new review offers the applications and departments that there are", async () => {
    const { across, people } = await loadModel(db(), WORKSPACE, {});
    const departments = [...people.values()].flatMap(({ department }) => department ?? []);
    expect(new Set(departments).size).toBeGreaterThan(3);
    const told = { applications: inOrder(across.labels.values()), departments: inOrder(departments) };
    expect(await reportAtHand(db(), WORKSPACE, "coverage")).toMatchObject(told);
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "1000000");
    try {
      expect(await reportAtHand(db(), WORKSPACE, "coverage")).toMatchObject(told);
    } finally {
      vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0");
    }
  });
});
