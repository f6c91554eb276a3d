/** The connector of WorkOS's events against a WorkOS with its awkward manners. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import { pull, recordsInLog, setUp } from "./testing/pull.ts";
import { type FakeWorkos, fakeWorkos, WORKOS_KEY } from "./testing/workos.ts";

const DAY = 86_400_000;

describe("WorkOS", () => {
  const database = testDatabase();
  let workos: FakeWorkos;
  let n = 0;
  let name = "";
  const add = () =>
    setUp(database.db, name, "workos-events", { url: workos.url }, WORKOS_KEY, { source: name });
  const inLog = async () => (await recordsInLog(database.db, name)).map(({ id }) => id).sort();
  const inWorkos = () => workos.events.map(({ id }) => id).sort();

  beforeEach(async () => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
    workos = await fakeWorkos();
    name = `workos-${n++}`;
  });
  afterEach(() => workos.close());

  it("is read from event to event, through limits and half answers", async () => {
    workos.pageSize = 10;
    workos.add(45, Date.now() - 10 * DAY);
    workos.faults.push("half", "limit", "500");
    await add();
    expect(await pull(database.db, name)).toMatchObject({ accepted: 45, rejected: 0, problem: null });
    workos.add(20, Date.now() - DAY);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 20, duplicates: 0 });
    expect(await inLog()).toEqual(inWorkos());
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, duplicates: 0, problem: null });
  });

  it("that has forgotten the last event seen is read again from a little before it", async () => {
    workos.add(20, Date.now() - 10 * DAY);
    await add();
    await pull(database.db, name);
    const known = inWorkos();
    workos.forget(20);
    workos.add(5, Date.now() - DAY);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 5, problem: null });
    expect(await inLog()).toEqual([...known, ...inWorkos()].sort());
  });
});
