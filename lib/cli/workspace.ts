/** rollcall workspace add|list */
import type { Command } from "commander";
import { addWorkspace } from "../workspaces/add-workspace.ts";
import { withOwner } from "./context.ts";
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
      withOwner(async (owner, access) => {
        await addWorkspace(owner, access, name, label ?? name);
        say(`The workspace ${name} is there. ROLLCALL_WORKSPACE=${name} before a command uses it.`);
      }),
    );
  workspace
    .command("list")
    .description("all workspaces")
    .option("--json", "print one JSON document")
    .action((options: { json?: boolean }) =>
      withOwner(async ({ sql }) => {
        const rows = await sql<{ workspace: string; name: string }[]>`
          select workspace_id workspace, name from workspaces order by 1`;
        if (options.json) return printJson({ workspaces: rows });
        for (const { workspace, name } of rows) process.stdout.write(`${workspace}  ${name}\n`);
      }),
    );
}
