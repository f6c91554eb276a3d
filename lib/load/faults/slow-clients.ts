/** Clients that take an export and a pack as slowly as they can. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SqlSession } from "../../../db/client.ts";
import type { JobsReport } from "../../reports/contract.ts";
import { ask, jsonOf } from "../client.ts";
import { SETTLED } from "../installation.ts";
import type { RollcallProcess } from "../processes.ts";
import type { Befalling, Fault } from "./fault.ts";

/** Of each kind: more than a process has connections to its database. */
const CLIENTS = 15;
/** Bytes a second that each reads. */
const BYTES = 8;
/** A transaction that waits for one of them waits for longer than that: work that goes on, also on a busy machine, does not. */
const HELD_MS = 30_000;
/** So much more a process may hold than before: what is on its way to each client, and what the traffic takes anyway. */
const MORE_MB = 200;

/** Asks, and reads a few bytes a second of the answer. */
function slow(web: RollcallProcess, session: string, path: string): Socket {
  const { hostname, port } = new URL(web.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: next-auth.session-token=${session}\r\n\r\n`,
  );
  socket.pause();
  const timer = setInterval(() => socket.read(BYTES), 1000);
  socket.on("close", () => clearInterval(timer));
  return socket;
}

/** A pack, made. @returns where it is fetched. */
async function packOf({ at }: Befalling, web: RollcallProcess): Promise<string> {
  const begun = await ask(web.origin, at.operator, "/api/v1/evidence", {
    body: JSON.stringify({ asOf: SETTLED }),
  });
  const { id } = jsonOf<{ id: string }>(begun);
  for (;;) {
    await sleep(200);
    const { jobs } = jsonOf<JobsReport>(await ask(web.origin, at.operator, "/api/v1/jobs"));
    const job = jobs.find((one) => one.id === id);
    if (job?.state === "done") return job.download?.href ?? "";
    if (job?.state !== "running") throw new Error(`The pack was not made: ${job?.error ?? "it is gone"}`);
  }
}

/** Transactions of the web processes in which nothing happens, each by its connection and its beginning. */
async function idle(sql: SqlSession): Promise<Set<string>> {
  const rows = await sql<{ transaction: string }[]>`
    select pid || ' ' || xact_start as transaction from pg_stat_activity where datname = current_database()
      and application_name = 'rollcall' and state like 'idle in transaction%' and state_change < now() - interval '2 seconds'`;
  return new Set(rows.map(({ transaction }) => transaction));
}

/** How many transactions nothing happens in for so long; as soon as it is none. */
async function heldFor(sql: SqlSession, ms: number): Promise<number> {
  let held = await idle(sql);
  for (const end = performance.now() + ms; held.size > 0 && performance.now() < end; await sleep(250)) {
    const still = await idle(sql);
    held = new Set([...held].filter((transaction) => still.has(transaction)));
  }
  return held.size;
}

export const slowClients: Fault = {
  name: "slow clients",
  what: `${CLIENTS} clients take an export, and ${CLIENTS} a pack, at ${BYTES} bytes a second`,
  isFelt: false,
  async befall(around) {
    const { at, seconds } = around;
    const wrong: string[] = [];
    const [web] = at.webs();
    if (web === undefined) throw new Error("No web process runs.");
    const pack = await packOf(around, web);
    const before = (await web.memory()) ?? 0;
    const owner = at.owner();
    const sockets = [
      ...Array.from({ length: CLIENTS }, () => slow(web, at.operator, "/api/v1/export/ocsf")),
      ...Array.from({ length: CLIENTS }, () => slow(web, at.operator, pack)),
    ];
    try {
      await sleep(seconds * 1000);
      const more = ((await web.memory()) ?? 0) - before;
      if (more > MORE_MB) wrong.push(`the web process holds ${Math.round(more)} MB more than before`);
      const held = await heldFor(owner.sql, HELD_MS);
      if (held > 0) wrong.push(`${held} transactions wait for slow clients`);
      // As a migration does.
      await owner.sql
        .begin(async (sql) => {
          await sql`select set_config('lock_timeout', '5s', true)`;
          await sql`/* cross-workspace: a migration is of all workspaces */ lock table segments in access exclusive mode`;
        })
        .catch((error: unknown) => wrong.push(`the log's table can't be had: ${String(error)}`));
    } finally {
      for (const socket of sockets) socket.destroy();
    }
    return wrong;
  },
};
