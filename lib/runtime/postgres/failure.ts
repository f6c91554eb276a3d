/** What PostgreSQL's own words on a failed start mean for the person who must act. */
import { diskFull, RuntimeProblem } from "../problem.ts";

/** Another start a moment later may well succeed. */
export type Retry = "other-port" | "later";

/** @param output what pg_ctl printed and the server logged during this start. */
export function startFailure(output: string, data: string, log: string): Retry | RuntimeProblem {
  if (/Address already in use|could not bind|could not create any TCP\/IP sockets/u.test(output))
    return "other-port";
  // Another process starts the same server, or processes of a killed server are just ending.
  if (/lock file "postmaster\.pid" already exists|pre-existing shared memory block/u.test(output))
    return "later";
  if (/No space left on device|Disk quota exceeded/u.test(output)) return diskFull(data);
  if (/incompatible with server/u.test(output)) return wrongVersion(data, "another");
  const said = lastWords(output);
  if (/wrong ownership|Permission denied|could not access directory/u.test(output)) {
    return new RuntimeProblem(
      "data-unreadable",
      `PostgreSQL may not read its data in ${data} (${said}). Start Rollcall as the user who made the folder, or set ROLLCALL_HOME to another.`,
    );
  }
  if (
    /pg_control|checkpoint record|could not open (file|directory)|is not a database cluster|postgresql\.conf/u.test(
      output,
    )
  ) {
    return damaged(data, said);
  }
  return new RuntimeProblem("postgres-start", `PostgreSQL didn't start: ${said}. Its log is ${log}.`);
}

export function wrongVersion(data: string, version: string): RuntimeProblem {
  return new RuntimeProblem(
    "data-version",
    `The data in ${data} belongs to ${version} version of PostgreSQL than the one installed. Use the version of Rollcall that made it, or set ROLLCALL_HOME to another folder.`,
  );
}

export function damaged(data: string, why: string): RuntimeProblem {
  return new RuntimeProblem(
    "data-damaged",
    `The data folder ${data} is damaged (${why}). Restore it from a backup, or move it away to start with an empty one.`,
  );
}

/** The last thing that PostgreSQL called fatal, without time and process. */
function lastWords(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const fatal =
    lines.filter((line) => /\b(FATAL|PANIC|error):/u.test(line)).at(-1) ?? lines.at(-1) ?? "it said nothing";
  return fatal.replace(/^.*?\b(?:FATAL|PANIC|error):\s*/u, "").trim();
}
