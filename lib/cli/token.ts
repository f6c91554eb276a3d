/** rollcall token create | list | revoke */
import Table from "cli-table3";
import type { Command } from "commander";
import { z } from "zod";
import { commandLine } from "../auth/caller.ts";
import { SCOPES } from "../auth/permissions.ts";
import { createToken } from "../auth/tokens/create-token.ts";
import { listTokens } from "../auth/tokens/list-tokens.ts";
import { revokeToken } from "../auth/tokens/revoke-token.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { memberOf } from "./member.ts";
import { minute, printJson, say } from "./output.ts";

interface CreateOptions {
  scope: string[];
  source?: string;
  days: string;
  member?: string;
  json?: true;
}

const create = (name: string, { scope, source, days, member: named, json }: CreateOptions) =>
  withDatabase(async (db, workspace) => {
    const { member, role } = await memberOf(db, workspace, named);
    // It can't do more than the member whose it is.
    const by = { ...commandLine(), member, role };
    const input = { name, scopes: scope, days: Number(days), source: source ?? null };
    const { token, secret, expiresAt } = await createToken(db, workspace, by, input);
    if (json) return printJson({ token, secret, expiresAt: new Date(expiresAt).toISOString() });
    say(`A program sends it as Authorization: Bearer …. It is not told again:`);
    process.stdout.write(`${secret}\n`);
  });

const list = ({ json }: { json?: true }) =>
  withDatabase(async (db, workspace) => {
    const found = await listTokens(db, workspace, commandLine());
    if (json) return printJson(found);
    const table = new Table({
      head: ["Id", "What for", "May do", "Source", "Of", "Expires", "Last used"],
      style: { head: [], border: [], compact: true },
    });
    for (const {
      token,
      name,
      scopes,
      source,
      memberName,
      expiresAt,
      lastUsedAt,
      revokedAt,
    } of found.tokens) {
      const expires = revokedAt === null ? minute(expiresAt) : "revoked";
      table.push([token, name, scopes.join(", "), source ?? "", memberName, expires, minute(lastUsedAt)]);
    }
    process.stdout.write(`${found.tokens.length > 0 ? table.toString() : "No tokens yet."}\n`);
  });

const again = (scope: string, before: string[]): string[] => [...before, scope];

export function addToken(program: Command): void {
  const token = program.command("token").description("what programs come in with");
  token
    .command("create")
    .description("make a token for a program; it is told this once")
    .argument("<name>", "what it is for")
    .requiredOption("--scope <scope>", `${SCOPES.join(", ")}; again for each`, again, [])
    .option("--source <name>", "with the scope ingest alone: the one source into which it sends records")
    .option("--days <days>", "how long it works", "90")
    .option("--member <member>", "whose it is, by e-mail or id; the operator's when left out")
    .option("--json", "print one JSON document")
    .action(create);
  token
    .command("list")
    .description("all tokens, without what would let anybody in")
    .option("--json", "print one JSON document")
    .action(list);
  token
    .command("revoke")
    .description("end a token at once")
    .argument("<id>", "as the list has it")
    .action((id: string) =>
      withDatabase(async (db, workspace) => {
        if (!z.uuid().safeParse(id).success)
          throw new UsageProblem("That is no token's id: token list has them.");
        await revokeToken(db, workspace, commandLine(), id);
        say("The token is over.");
      }),
    );
}
