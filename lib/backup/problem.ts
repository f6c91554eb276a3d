/** A backup that can't be made or restored, in a sentence for the person who must act. */
export class BackupProblem extends Error {
  override name = "BackupProblem";
  constructor(
    readonly code:
      | "not-readable"
      | "damaged"
      | "newer"
      | "no-secrets"
      | "wrong-passphrase"
      | "database"
      | "not-empty"
      | "in-use",
    message: string,
  ) {
    super(message);
  }
}

/** What these errors of PostgreSQL mean for the person who must act, by code (its manual, appendix A). */
const SENTENCES: Record<string, string> = {
  "42501":
    "This user of the database may not read or make all tables (row-level security counts too). Connect as their owner.",
  "53100": "The disk of the database is full. Make room and start again.",
  "55P03": "Another program holds the tables. Stop what uses the database and start again.",
};

/** The sentence for an error of the database, with what it says itself; any other error as it is. */
export function explained(error: unknown): unknown {
  const sentence = error instanceof Error && "code" in error ? SENTENCES[String(error.code)] : undefined;
  return sentence === undefined || !(error instanceof Error)
    ? error
    : new BackupProblem("database", `${sentence} It says: ${error.message}.`);
}
