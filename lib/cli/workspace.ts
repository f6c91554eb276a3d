/** rollcall workspace add|list */
import type { Command } from "commander";
import { workspaceNames } from "../../db/queries/workspace.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { addWorkspace } from "../workspaces/add-workspace.ts";
import { withDatabase, withOwner } from "./context.ts";
import { printJson, say } from "./output.ts";

export function addWorkspaceCommand(program: Command): void {
  const workspace = program
    .command("workspace")
    .description(
      "the tenants of this installation; ROLLCALL_WORKSPACE names the one that other commands are for",
    );
  workspace
    .command("add")
    .description("make a workspace, kept apart from all others by the database")
    .argument("<name>", "1 to 40 lower-case letters, digits and dashes")
    .option("--label <text>", "its name for people")
    .action((name: string, { label }: { label?: string }) =>
      withOwner(async (url) => {
        await addWorkspace(url, await prepareDatabase(homeFromEnv(), url), name, label ?? name);
        say(`The workspace ${name} is there. ROLLCALL_WORKSPACE=${name} before a command uses it.`);
      }),
    );
  workspace
    .command("list")
    .description("all workspaces")
    .option("--json", "print one JSON document")
    .action((options: { json?: boolean }) =>
      withDatabase(async (db) => {
        const workspaces = await workspaceNames(db);
        if (options.json) return printJson({ workspaces });
        for (const name of workspaces) process.stdout.write(`${name}\n`);
      }),
    );
}
