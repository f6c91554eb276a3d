/** rollcall member list|invite|change|link */
import Table from "cli-table3";
import type { Command } from "commander";
import type { Db } from "../../db/client.ts";
import { type Member, readMembers } from "../../db/queries/members.ts";
import { commandLine } from "../auth/caller.ts";
import { changeMember } from "../auth/members/change-member.ts";
import { ensureOperator } from "../auth/members/ensure-operator.ts";
import { inviteMember } from "../auth/members/invite-member.ts";
import { ROLES } from "../auth/permissions.ts";
import { createSignInLink } from "../auth/sessions/create-sign-in-link.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface Fields {
  name?: string;
  role?: string;
  customer?: string;
  ends?: string;
}

/** By e-mail or id; without either the operator. */
export async function memberOf(db: Db, workspace: string, named: string | undefined): Promise<Member> {
  const members = await readMembers(db, workspace);
  const wanted = named?.trim().toLowerCase() ?? (await ensureOperator(db, workspace));
  const found =
    members.find(({ email, member }) => email === wanted || member === wanted) ??
    (named === undefined
      ? (await readMembers(db, workspace)).find(({ member }) => member === wanted)
      : undefined);
  if (found === undefined)
    throw new UsageProblem(`Nobody here is called "${named}". "member list" shows who is.`);
  return found;
}

const endsOf = (text: string | undefined) => (text === "never" ? null : text);

async function list(options: { json?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const members = await readMembers(db, workspace);
    if (options.json) return printJson({ members });
    const table = new Table({
      head: ["Name", "E-mail", "Role", "Customer", "Ends", "State"],
      style: { head: [], border: [], compact: true },
    });
    for (const { name, email, role, customer, endsAt, active } of members) {
      const ends = endsAt === null ? "" : new Date(endsAt).toISOString().slice(0, 10);
      table.push([name, email ?? "", role, customer ?? "", ends, active ? "active" : "deactivated"]);
    }
    process.stdout.write(`${members.length > 0 ? table.toString() : "No members yet."}\n`);
  });
}

export function addMember(program: Command): void {
  const member = program.command("member").description("who may come in, and as what");
  member.command("list").description("all members").option("--json", "print one JSON document").action(list);
  member
    .command("invite")
    .description("let somebody in; they sign in by the provider with this e-mail, or by a link")
    .argument("<email>")
    .requiredOption("--role <role>", ROLES.join(", "))
    .option("--name <name>")
    .option("--customer <name>", "of a customer viewer: the customer whose records they see")
    .option("--ends <day>", "when they are shut out; an auditor must have one")
    .action((email: string, { name = "", role = "", customer, ends }: Fields) =>
      withDatabase(async (db, workspace) => {
        await inviteMember(db, workspace, commandLine(), { name, email, role, customer, endsAt: ends });
        say(`${email} may come in as ${role}. "member link ${email}" prints a link that signs them in.`);
      }),
    );
  member
    .command("change")
    .description("change a member; --deactivate ends their sessions and tokens at once")
    .argument("<member>", "e-mail or id")
    .option("--role <role>", ROLES.join(", "))
    .option("--name <name>")
    .option("--customer <name>")
    .option("--ends <day>", 'a day, or "never"')
    .option("--deactivate", "they may come in no more")
    .option("--reactivate", "they may come in again")
    .action(
      (
        named: string,
        {
          ends,
          deactivate,
          reactivate,
          ...rest
        }: Fields & Record<"deactivate" | "reactivate", boolean | undefined>,
      ) =>
        withDatabase(async (db, workspace) => {
          const { member: id, name, email } = await memberOf(db, workspace, named);
          const active = deactivate ? false : reactivate ? true : undefined;
          await changeMember(db, workspace, commandLine(), id, { ...rest, endsAt: endsOf(ends), active });
          say(`${email ?? name}: changed.`);
        }),
    );
  member
    .command("link")
    .description("print the path of a link that signs a member in, once")
    .argument("[member]", "e-mail or id; the operator when left out")
    .action((named?: string) =>
      withDatabase(async (db, workspace) => {
        const { member: id, name } = await memberOf(db, workspace, named);
        const { path } = await createSignInLink(db, workspace, commandLine(), id);
        say(
          `Put this behind the address of Rollcall (http://localhost:3000 if nothing else was set). It signs in ${name}, once:`,
        );
        process.stdout.write(`${path}\n`);
      }),
    );
}
