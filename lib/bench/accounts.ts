/** How fast an application's accounts are read over SCIM and compared, and in how much memory, at a size and at a tenth of it. */
import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { addConnector } from "../connectors/add-connector.ts";
import type { IngestResult, ReconciliationReport } from "../reports/contract.ts";
import { runReport } from "../reports/run.ts";
import { readSecrets } from "../runtime/home.ts";
import { type OwnPostgres, withOwnPostgres } from "../runtime/own-postgres.ts";
import { runCommand } from "./command.ts";
import { inDatabase, type Say } from "./database.ts";

/** Of so many accounts in a row one is planted of each kind: missing there, and active though provisioning ended it. */
const PLANTED_EVERY = 200;
const MINUTE = 60_000;

interface AccountsTimes {
  accounts: number;
  /** Of the command that reads them all and compares each. */
  seconds: number;
  memoryPeakMb: number;
  findings: ReconciliationReport["summary"];
}

export interface AccountsBench extends AccountsTimes {
  tenth: AccountsTimes;
}

const isMissing = (i: number): boolean => i % PLANTED_EVERY === 1;
const isEnded = (i: number): boolean => i % PLANTED_EVERY === 2;

const userOf = (i: number) => ({
  id: `u-${i}`,
  userName: `user${i}@larkspur.example`,
  active: true,
  title: "Chemist",
  emails: [{ value: `user${i}@larkspur.example`, primary: true }],
});

const END_IT = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: [{ op: "replace", path: "active", value: false }],
};

/** Provisioning's log: each account made, some ended again. */
function* log(accounts: number, began: number): Generator<string> {
  const line = (minutes: number, differs: object) =>
    `${JSON.stringify({
      time: new Date(began + minutes * MINUTE).toISOString(),
      application: "Team Chat",
      caller: "provisioning",
      ...differs,
    })}\n`;
  for (let i = 0; i < accounts; i++) {
    const user = userOf(i);
    const made = { method: "POST", path: "/scim/v2/Users", status: 201 };
    yield line(0, { id: `made-${i}`, ...made, request: user, response: user });
    if (!isEnded(i)) continue;
    const ended = { method: "PATCH", path: `/scim/v2/Users/u-${i}`, status: 200 };
    yield line(60, { id: `ended-${i}`, ...ended, request: END_IT, response: { ...user, active: false } });
  }
}

/** A service that has all accounts but those that are missing, and makes each page when it is asked for. */
async function serve(accounts: number): Promise<{ url: string; close: () => void }> {
  const there = Array.from({ length: accounts }, (_, i) => i).filter((i) => !isMissing(i));
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://service");
    const start = Number(searchParams.get("startIndex") ?? 1);
    const page = there.slice(start - 1, start - 1 + Number(searchParams.get("count") ?? 100));
    const isUsers = pathname.endsWith("/Users");
    response.writeHead(200, { "content-type": "application/scim+json" }).end(
      JSON.stringify({
        totalResults: isUsers ? there.length : 0,
        startIndex: start,
        Resources: isUsers ? page.map(userOf) : [],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/scim/v2`, close };
}

async function times(own: OwnPostgres, accounts: number): Promise<AccountsTimes> {
  return inDatabase(own, "bench_accounts", async ({ db, url }) => {
    const file = join(own.folder, "provisioning.ndjson");
    await pipeline(Readable.from(log(accounts, Date.now() - 24 * 60 * MINUTE)), createWriteStream(file));
    await runCommand<IngestResult>(own.home, url, ["ingest", file, "--source", "scim"]);
    const service = await serve(accounts);
    try {
      const { sessionSecret } = await readSecrets(own.home);
      const settings = { url: service.url, application: "Team Chat", pageSize: "500" };
      const input = { name: "chat", kind: "scim-application", settings, secret: "a-token" };
      const rest = { source: null, customer: null, everySeconds: null };
      await addConnector(db, DEFAULT_WORKSPACE, commandLine(), { ...input, ...rest }, sessionSecret);
      const env = { ROLLCALL_ALLOW_HOSTS: "127.0.0.1", NEXTAUTH_SECRET: sessionSecret };
      const run = await runCommand<unknown>(own.home, url, ["connector", "run", "chat"], env);
      const { summary } = await runReport(db, DEFAULT_WORKSPACE, "reconciliation");
      return { accounts, seconds: run.seconds, memoryPeakMb: run.memoryPeakMb, findings: summary };
    } finally {
      service.close();
    }
  });
}

/**
 * Makes an application's accounts, with faults among them, and lets Rollcall read and compare them. Nobody's data is touched.
 * @param accounts how many.
 */
export async function benchAccounts(accounts: number, say: Say): Promise<AccountsBench> {
  return withOwnPostgres("bench-accounts", async (own) => {
    say("A tenth of the accounts …");
    const tenth = await times(own, Math.max(Math.round(accounts / 10), 1));
    say(`${accounts.toLocaleString("en-GB")} accounts …`);
    return { ...(await times(own, accounts)), tenth };
  });
}
