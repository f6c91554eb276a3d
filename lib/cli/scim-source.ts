/** rollcall scim-source add | list | renew | revoke */
import Table from "cli-table3";
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { addScimSource } from "../scim-server/add-scim-source.ts";
import { SCIM_PATH } from "../scim-server/answer.ts";
import { listScimSources } from "../scim-server/list-scim-sources.ts";
import { renewScimSource } from "../scim-server/renew-scim-source.ts";
import { revokeScimSource } from "../scim-server/revoke-scim-source.ts";
import { withDatabase } from "./context.ts";
import { minute, printJson, say } from "./output.ts";

/** Tells a token, the only time that it is known. */
function tell(made: { source: string; secret: string }, json: true | undefined): void {
  if (json) {
    printJson(made);
    return;
  }
  say(
    `The identity provider provisions into ${made.source} at ${SCIM_PATH} behind the address of Rollcall, with this bearer token. It is not told again:`,
  );
  process.stdout.write(`${made.secret}\n`);
}

interface AddOptions {
  customer?: string;
  governsMembers?: boolean;
  json?: true;
}

const add = (source: string, { customer, governsMembers = false, json }: AddOptions) =>
  withDatabase(async (db, workspace) =>
    tell(await addScimSource(db, workspace, commandLine(), { source, customer, governsMembers }), json),
  );

const list = ({ json }: { json?: true }) =>
  withDatabase(async (db, workspace) => {
    const found = await listScimSources(db, workspace, commandLine());
    if (json) return printJson(found);
    const table = new Table({
      head: ["Source", "Customer", "Users", "Groups", "Governs members", "Token", "Last used"],
      style: { head: [], border: [], compact: true },
    });
    for (const {
      source,
      customer,
      users,
      groups,
      governsMembers,
      prefix,
      lastUsedAt,
      revokedAt,
    } of found.sources) {
      const token = revokedAt === null ? `${prefix}…` : "revoked";
      table.push([
        source,
        customer ?? "",
        users,
        groups,
        governsMembers ? "yes" : "no",
        token,
        minute(lastUsedAt),
      ]);
    }
    process.stdout.write(`${found.sources.length > 0 ? table.toString() : "No SCIM sources yet."}\n`);
  });

export function addScimSourceCommand(program: Command): void {
  const scim = program
    .command("scim-source")
    .description("sources that an identity provider provisions into, by SCIM 2.0");
  scim
    .command("add")
    .description("make a source; its token is told this once")
    .argument("<name>", "the source's name: lower-case letters, digits, dots, dashes")
    .option("--customer <name>", "whose records they are")
    .option("--governs-members", "whoever is deactivated in it loses access to Rollcall at once")
    .option("--json", "print one JSON document")
    .action(add);
  scim
    .command("list")
    .description("all SCIM sources, without their tokens")
    .option("--json", "print one JSON document")
    .action(list);
  scim
    .command("renew")
    .description("give a source a new token; the one before is over at once")
    .argument("<name>")
    .option("--json", "print one JSON document")
    .action((source: string, { json }: { json?: true }) =>
      withDatabase(async (db, workspace) =>
        tell(await renewScimSource(db, workspace, commandLine(), source), json),
      ),
    );
  scim
    .command("revoke")
    .description("end a source's token at once; what has come in stays")
    .argument("<name>")
    .action((source: string) =>
      withDatabase(async (db, workspace) => {
        await revokeScimSource(db, workspace, commandLine(), source);
        say(`Nothing comes in through ${source} any more.`);
      }),
    );
}
