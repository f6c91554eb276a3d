/** rollcall application scim set | list | remove */
import { text } from "node:stream/consumers";
import Table from "cli-table3";
import type { Command } from "commander";
import { Option } from "commander";
import { commandLine } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { scimConnections } from "../scim/connection.ts";
import { ENDINGS, type Ending } from "../scim/end-access.ts";
import { removeScimConnection } from "../scim/remove-scim-connection.ts";
import { setScimConnection } from "../scim/set-scim-connection.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface SetOptions {
  url: string;
  tokenStdin?: true;
  writes?: boolean;
  ending: Ending;
}

async function set(name: string, { url, tokenStdin, writes = false, ending }: SetOptions): Promise<void> {
  const label = name.trim();
  if (applicationKey(label) === "") throw new UsageProblem("The application's name is empty.");
  const token = tokenStdin ? (await text(process.stdin)).trim() : null;
  const secret = await installationSecretOfHome();
  await withDatabase(async (db, workspace) => {
    await setScimConnection(db, workspace, commandLine(), label, { url, token, writes, ending }, secret);
    say(
      writes
        ? `Access to ${label} can be ended from here, by SCIM at ${new URL(url).host}.`
        : `The SCIM service of ${label} is set. Nothing is changed there: --writes allows it.`,
    );
  });
}

async function list(options: { json?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const connections = await scimConnections(db, workspace);
    if (options.json) return printJson({ connections });
    const table = new Table({
      head: ["Application", "Address", "Writing", "Accounts end by", "Set", "By"],
      style: { head: [], border: [], compact: true },
    });
    for (const { application, url, writes, ending, setAt, setBy } of connections) {
      table.push([
        application,
        url,
        writes ? "yes" : "no",
        ending,
        setAt.slice(0, 16).replace("T", " "),
        setBy,
      ]);
    }
    process.stdout.write(`${connections.length > 0 ? table.toString() : "No SCIM connections."}\n`);
  });
}

export function addScim(application: Command): void {
  const scim = application
    .command("scim")
    .description("applications' SCIM 2.0 services, where access can be ended from here");
  scim
    .command("set")
    .description("say where an application's SCIM service is; the token comes on standard input")
    .argument("<name>", "the application, by the label people know, in any case")
    .requiredOption("--url <address>", "of the service: what stands before /Users")
    .option(
      "--token-stdin",
      "read the bearer token from standard input; without it the one that is set stays",
    )
    .option("--writes", "allow changes there")
    .addOption(
      new Option("--ending <how>", "how accounts end there").choices([...ENDINGS]).default("deactivate"),
    )
    .action(set);
  scim
    .command("list")
    .description("all SCIM connections, without their tokens")
    .option("--json", "print one JSON document")
    .action(list);
  scim
    .command("remove")
    .description("forget an application's SCIM service and its token")
    .argument("<name>")
    .action((name: string) =>
      withDatabase(async (db, workspace) => {
        const removed = await removeScimConnection(db, workspace, commandLine(), name);
        say(removed ? `The SCIM connection of ${name} is removed.` : `${name} has no SCIM connection.`);
      }),
    );
}
