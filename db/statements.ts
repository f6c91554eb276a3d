/**
 * Which statements a process sends, for the test run that judges them (lib/runtime/testing/one-workspace): each distinct text
 * once, never a value. Nothing is noted unless the run asks for it.
 */
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";

/** Names the folder into which every process of a test run writes a file of its own. */
const FOLDER = "ROLLCALL_TEST_STATEMENTS";

type Note = (connection: number, text: string) => void;

function notesInto(folder: string): Note {
  const file = join(folder, `${process.pid}-${randomUUID()}.jsonl`);
  const noted = new Set<string>();
  return (_connection, text) => {
    if (noted.has(text)) return;
    noted.add(text);
    // At once, since processes of tests are killed.
    appendFileSync(file, `${JSON.stringify(text)}\n`);
  };
}

const folder = process.env[FOLDER];

/** postgres.js' `debug`: told of each statement; false where nobody asks. */
export const noteStatement: Note | false = folder ? notesInto(folder) : false;
