/** Reads the JSON that a request sends, as input of a stranger. */
import { visit } from "jsonc-parser";
import type { z } from "zod";
import { fitted } from "../../../lib/ingest/strangers.ts";

const MAX_BYTES = 1024 * 1024;
/** Nothing that is sent here is nested deeper than three. */
const MAX_DEPTH = 32;
/** Names that reach an object's prototype where code copies keys without care. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** A body that is not taken; the message says what would be. */
export class BodyProblem extends Error {
  override name = "BodyProblem";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What the database's text can't hold: NUL, and half of a surrogate pair. */
const NO_TEXT = /\0|\p{Surrogate}/u;

const bad = (message: string) => new BodyProblem(400, "bad_body", message);

/** The whole body as text. @throws {BodyProblem} when it is larger than 1 MiB, or not UTF-8. */
async function textOf(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new BodyProblem(413, "too_large", "The body is larger than 1 MiB.");
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw bad("The body is not UTF-8.");
  }
}

/** Refuses what JSON.parse takes and two programs may read in two ways (RFC 8259, 4 and 9). */
function checkShape(text: string): void {
  const keys: Set<string>[] = [];
  let depth = 0;
  const down = () => {
    depth++;
    if (depth > MAX_DEPTH) throw bad(`The JSON is nested deeper than ${MAX_DEPTH} levels.`);
  };
  visit(
    text,
    {
      onObjectBegin: () => {
        down();
        keys.push(new Set());
      },
      onObjectProperty: (name) => {
        const own = keys.at(-1);
        if (NO_TEXT.test(name)) throw bad("A key of the JSON holds NUL or half of a character.");
        if (FORBIDDEN.has(name)) throw bad(`The JSON has a key named ${name}.`);
        if (own?.has(name)) throw bad("The JSON has the same key twice in one object.");
        own?.add(name);
      },
      onObjectEnd: () => {
        depth--;
        keys.pop();
      },
      onLiteralValue: (literal: unknown) => {
        if (typeof literal === "string" && NO_TEXT.test(literal))
          throw bad("A text in the JSON holds NUL or half of a character, which no text has.");
      },
      onArrayBegin: down,
      onArrayEnd: () => {
        depth--;
      },
    },
    { disallowComments: true },
  );
}

/** What `text` says. @throws {BodyProblem} for anything but sound JSON. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad("The body is not JSON.");
  }
  checkShape(text);
  return value;
}

/**
 * The JSON body of `request`, of the form `schema`.
 * @param expected a sentence that says what to send, for whoever sends something else.
 * @throws {BodyProblem} with 413 above 1 MiB; with 400 for no JSON, nesting deeper than 32, a key twice in one object or
 *   one that reaches prototypes, a text with NUL or half of a surrogate pair, and for another form.
 */
export async function readJson<T>(request: Request, schema: z.ZodType<T>, expected: string): Promise<T> {
  const read = fitted(schema, parseJson(await textOf(request)));
  if (!read.success) throw bad(expected);
  return read.data;
}
