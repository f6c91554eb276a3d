/** rollcall backup and rollcall restore */
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { restore } from "../backup/restore.ts";
import { adoptSecrets, encryptSecrets, readHomeSecrets } from "../backup/secrets.ts";
import { backUp } from "../backup/write.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { UsageProblem, withOwner } from "./context.ts";
import { printJson, progress, say } from "./output.ts";

/** What is guessed on a graphics card in an afternoon is none. */
const SHORTEST_PASSPHRASE = 12;

const count = (n: number) => n.toLocaleString("en-GB");
const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

function passphraseFromEnv(): string {
  const passphrase = process.env.ROLLCALL_BACKUP_PASSPHRASE ?? "";
  if (passphrase.length >= SHORTEST_PASSPHRASE) return passphrase;
  throw new UsageProblem(
    `--with-secrets takes the passphrase from the variable ROLLCALL_BACKUP_PASSPHRASE: at least ${SHORTEST_PASSPHRASE} characters.`,
  );
}

interface BackupOptions {
  output: string;
  force?: boolean;
  withSecrets?: boolean;
  json?: boolean;
}

async function runBackup({ output, force = false, withSecrets, json }: BackupOptions): Promise<void> {
  const passphrase = withSecrets ? passphraseFromEnv() : null;
  await withOwner(async (url) => {
    const secrets =
      passphrase === null ? undefined : encryptSecrets(await readHomeSecrets(homeFromEnv()), passphrase);
    const bar = progress(output);
    const result = await backUp(url, output, { force, secrets }, ({ share, table }) =>
      bar.update(share, table),
    ).finally(() => bar.stop());
    if (json) return printJson(result);
    say(`${output}: ${result.tables} tables, ${count(result.rows)} rows, ${megabytes(result.bytes)}.`);
    say(
      result.secrets
        ? "The home's secrets are in it, encrypted: only ROLLCALL_BACKUP_PASSPHRASE opens them, so keep it elsewhere."
        : "The home's secrets are not in it. --with-secrets adds them, encrypted.",
    );
  });
}

interface RestoreOptions {
  replace?: boolean;
  yes?: boolean;
  withSecrets?: boolean;
  json?: boolean;
}

/** @throws UsageProblem when the person types another name than the database's. */
async function confirm(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (!process.stdin.isTTY)
    throw new UsageProblem(
      "--replace takes away what the database holds: add --yes where nobody can be asked.",
    );
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await reader
    .question(`This takes away all that the database holds. Type its name, ${name}, to go on: `)
    .finally(() => reader.close());
  if (typed.trim() !== name) throw new UsageProblem("That is not its name. Nothing was changed.");
}

async function runRestore(
  file: string,
  { replace = false, yes, withSecrets, json }: RestoreOptions,
): Promise<void> {
  const passphrase = withSecrets ? passphraseFromEnv() : undefined;
  await withOwner(async (url) => {
    if (replace && !yes) await confirm(url);
    const started = performance.now();
    const bar = progress(file);
    const { manifest, tables, rows, migrated, secrets } = await restore(
      url,
      file,
      { replace, passphrase },
      ({ phase, share, name }) => bar.update(share, `${phase} ${name}`),
    ).finally(() => bar.stop());
    if (secrets !== null) await adoptSecrets(homeFromEnv(), secrets);
    const { createdAt, rollcallVersion } = manifest;
    const seconds = Math.round(performance.now() - started) / 1000;
    if (json) {
      const result = {
        file,
        createdAt,
        rollcallVersion,
        tables,
        rows,
        migrated,
        secrets: secrets !== null,
        seconds,
      };
      return printJson(result);
    }
    say(`Restored ${tables} tables with ${count(rows)} rows, as they were at ${createdAt}.`);
    if (migrated.length > 0) say(`Brought to this version's tables: ${migrated.join(", ")}.`);
    say(
      secrets === null
        ? "This home keeps its own secrets, so everybody signs in anew."
        : "The home has the backup's secrets, but for its own database's password.",
    );
  });
}

export function addBackup(program: Command): void {
  program
    .command("backup")
    .description("write all that the database holds into one file, also while Rollcall runs")
    .requiredOption("-o, --output <file>", "the file to write, readable by its owner only")
    .option("--force", "replace a file that is there")
    .option("--with-secrets", "with the home's secrets, encrypted by ROLLCALL_BACKUP_PASSPHRASE")
    .option("--json", "print the result as JSON")
    .action(runBackup);
  program
    .command("restore")
    .description("read a backup into an empty database; Rollcall must not run on it")
    .argument("<file>")
    .option("--replace", "take away what the database holds; asks before")
    .option("--yes", "do not ask")
    .option("--with-secrets", "take over the secrets in the backup, too")
    .option("--json", "print the result as JSON")
    .action(runRestore);
}
