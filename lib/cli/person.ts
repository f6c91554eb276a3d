/** rollcall person export|seal|unseal|erase|list */
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { readSealedPeople } from "../../db/queries/sealed-people.ts";
import { writeWhole } from "../files/whole.ts";
import { erasePerson } from "../privacy/erase-person.ts";
import { exportPerson } from "../privacy/export-person.ts";
import { sealPerson } from "../privacy/seal-person.ts";
import { unsealPerson } from "../privacy/unseal-person.ts";
import { UsageProblem, withDatabase, withPrivacy } from "./context.ts";
import { printJson, say } from "./output.ts";

interface Options {
  json?: boolean;
}

const records = (count: number): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? "record" : "records"}`;

async function runExport(identity: string, { output, json }: Options & { output: string }): Promise<void> {
  const found = await withPrivacy((around) => exportPerson(around, { identity }));
  await writeWhole(output, { what: "export", mode: 0o600 }, async (target) => {
    target.end(`${JSON.stringify(found, null, 2)}\n`);
  });
  if (json) printJson({ file: output, subject: found.subject, records: found.records.length });
  else say(`${output}: all that is known of ${found.subject}, with ${records(found.records.length)}.`);
}

async function runSeal(identity: string, { reason, json }: Options & { reason: string }): Promise<void> {
  const sealed = await withPrivacy((around) => sealPerson(around, { identity, reason }));
  if (json) printJson(sealed);
  else
    say(
      `Sealed: ${records(sealed.records)} can be read with a key in this home alone. From now on the person is ${sealed.subject}; "person unseal ${sealed.subject}" takes it back, "person erase ${sealed.subject}" destroys the key.`,
    );
}

async function runUnseal(identity: string, { json }: Options): Promise<void> {
  const unsealed = await withPrivacy((around) => unsealPerson(around, { identity }));
  if (json) printJson(unsealed);
  else {
    const kept =
      unsealed.kept === 0
        ? ""
        : ` ${records(unsealed.kept)} stay sealed: they also concern somebody who was erased.`;
    say(`${unsealed.subject} is known again, with ${records(unsealed.records)}.${kept}`);
  }
}

/** @throws {UsageProblem} where nobody can be asked. */
async function confirmed(identity: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageProblem("Nobody can be asked here: add --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `Erase ${identity}? The key of their records is destroyed; nobody can take that back, and no backup holds it. Type yes: `,
    );
    return answer.trim().toLowerCase() === "yes";
  } finally {
    terminal.close();
  }
}

async function runErase(
  identity: string,
  { reason, yes, json }: Options & { reason: string; yes?: boolean },
): Promise<void> {
  if (!yes && !(await confirmed(identity))) return say("Nothing was changed.");
  const erased = await withPrivacy((around) => erasePerson(around, { identity, reason }));
  if (json) printJson(erased);
  else say(`Erased: the key is destroyed. In figures the person stays, as ${erased.subject}.`);
}

const runList = ({ json }: Options): Promise<void> =>
  withDatabase(async (db, workspace) => {
    const people = (await readSealedPeople(db, workspace)).map(
      ({ dictionary: _dictionary, sealedAt, erasedAt, ...person }) => ({
        ...person,
        sealedAt: new Date(sealedAt).toISOString(),
        erasedAt: erasedAt === null ? null : new Date(erasedAt).toISOString(),
      }),
    );
    if (json) return printJson({ people });
    if (people.length === 0) return say("Nobody is sealed or erased.");
    for (const { subject, state, sealedAt, erasedAt, reason } of people)
      process.stdout.write(`${(erasedAt ?? sealedAt).slice(0, 10)} ${state} ${subject}: ${reason}\n`);
  });

export function addPerson(program: Command): void {
  const person = program
    .command("person")
    .description("personal data of one person: hand out, withhold, erase");
  const who = ["<identity>", "a user name, or an id like p:okta:00u1"] as const;
  person
    .command("export")
    .description("write all that is known of a person, as JSON")
    .argument(...who)
    .requiredOption("-o, --output <file>", "the file to write")
    .option("--json", "print the result as JSON")
    .action(runExport);
  person
    .command("seal")
    .description("withhold a person's data: it can be read with a key in this home alone; can be taken back")
    .argument(...who)
    .requiredOption("--reason <text>", "why; kept")
    .option("--json", "print the result as JSON")
    .action(runSeal);
  person
    .command("unseal")
    .description("take back that a person is sealed")
    .argument("<identity>", "as `person list` names them")
    .option("--json", "print the result as JSON")
    .action(runUnseal);
  person
    .command("erase")
    .description("erase a person's data for good: seals it, and destroys the key")
    .argument(...who)
    .requiredOption("--reason <text>", "why; kept")
    .option("--yes", "do not ask")
    .option("--json", "print the result as JSON")
    .action(runErase);
  person
    .command("list")
    .description("who is sealed or erased")
    .option("--json", "print as JSON")
    .action(runList);
}
