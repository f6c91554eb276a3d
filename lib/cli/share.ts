/** rollcall share create|list|revoke */
import Table from "cli-table3";
import type { Command } from "commander";
import type { Db } from "../../db/client.ts";
import { readShares } from "../../db/queries/shares.ts";
import { commandLine } from "../auth/caller.ts";
import { createShare } from "../shares/create-share.ts";
import { listShares } from "../shares/list-shares.ts";
import { revokeShare } from "../shares/revoke-share.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface CreateOptions {
  customer?: string;
  auditor?: true;
  label?: string;
  until?: string;
  json?: true;
}

async function create({ json, ...input }: CreateOptions): Promise<void> {
  if ((input.customer === undefined) === (input.auditor === undefined))
    throw new UsageProblem("Say whom the link is for: --customer NAME or --auditor.");
  await withDatabase(async (db, workspace) => {
    const { path, expiresAt, ...made } = await createShare(db, workspace, commandLine(), input);
    const until = new Date(expiresAt).toISOString();
    if (json) return printJson({ ...made, path, expiresAt: until });
    say(
      `Put this behind the address of Rollcall (http://localhost:3000 if nothing else was set). It is not told again, and works until ${until}:`,
    );
    process.stdout.write(`${path}\n`);
  });
}

const day = (at: string | null): string => at?.slice(0, 10) ?? "";

async function list({ json }: { json?: true }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const found = await listShares(db, workspace, commandLine());
    if (json) return printJson(found);
    const table = new Table({
      head: ["Id", "Label", "Shows", "Until", "State", "Views", "Packs", "Last opened"],
      style: { head: [], border: [], compact: true },
    });
    for (const {
      share,
      label,
      customer,
      expiresAt,
      revokedAt,
      views,
      downloads,
      lastUsedAt,
    } of found.shares) {
      const state = revokedAt !== null ? "revoked" : expiresAt <= found.asOf ? "expired" : "open";
      const shows = customer ?? "the whole workspace";
      table.push([share, label, shows, day(expiresAt), state, views, downloads, day(lastUsedAt)]);
    }
    process.stdout.write(`${found.shares.length > 0 ? table.toString() : "No links yet."}\n`);
  });
}

/** By its id or the beginning of it. @throws {UsageProblem} */
async function shareOf(db: Db, workspace: string, named: string): Promise<string> {
  const wanted = named.trim().toLowerCase();
  const fitting = (await readShares(db.sql, workspace)).filter(
    ({ share }) => share === wanted || (wanted.length >= 4 && share.startsWith(wanted)),
  );
  const [found] = fitting;
  if (found === undefined) throw new UsageProblem(`There is no link "${named}": share list shows all.`);
  if (fitting.length > 1) throw new UsageProblem(`"${named}" can be ${fitting.length} links: give the id.`);
  return found.share;
}

export function addShare(program: Command): void {
  const share = program
    .command("share")
    .description("links that show a customer or an auditor how access stands, to read only");
  share
    .command("create")
    .description("make a link; it is told this once")
    .option("--customer <name>", "shows this customer's records alone")
    .option("--auditor", "shows the whole workspace")
    .option("--label <text>", "who gets it, as the audit log is to name them")
    .option("--until <time>", "until when it works: a day or a time, within a year (30 days when left out)")
    .option("--json", "print one JSON document")
    .action(create);
  share
    .command("list")
    .description("all links, the newest first")
    .option("--json", "print one JSON document")
    .action(list);
  share
    .command("revoke")
    .description("end a link at once, for good")
    .argument("<id>", "its id, or the beginning of it")
    .action((named: string) =>
      withDatabase(async (db, workspace) => {
        await revokeShare(db, workspace, commandLine(), await shareOf(db, workspace, named));
        say("The link shows nothing any more.");
      }),
    );
}
