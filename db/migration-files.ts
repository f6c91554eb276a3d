/** The migrations that this program knows, as they lie in a folder that drizzle-kit writes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { z } from "zod";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));

export interface Migration {
  /** Its file's name without `.sql`. */
  tag: string;
  /** When it was written, in milliseconds: by this a database remembers that it was applied. */
  when: number;
  /** SHA-256 of the file. */
  hash: string;
  /** SQL, in order; one string may hold several statements and comments. */
  statements: string[];
  /** What PostgreSQL does in no transaction, like building an index beside the writers; such a file can be begun again. */
  outside: boolean;
}

/** The first line of a file whose statements run one by one in no transaction. */
const OUTSIDE = /^-- outside a transaction\r?$/mu;

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

/** All migrations of a folder, oldest first. @throws when the folder is not one of drizzle-kit's. */
export function readMigrations(folder = MIGRATIONS_FOLDER): Migration[] {
  const { entries } = Journal.parse(JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")));
  const tags = new Map(entries.map(({ when, tag }) => [when, tag]));
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
    tag: tags.get(folderMillis) ?? String(folderMillis),
    when: folderMillis,
    hash,
    statements: sql,
    outside: OUTSIDE.test(sql[0] ?? ""),
  }));
}
