/**
 * What a migration may do while the program before it still runs, and while others read and write: it adds, it doesn't take
 * away, and it holds no table for longer than a moment (docs/upgrading.md). Told by the words of its statements.
 */
import type { Migration } from "./migration-files.ts";

/** Tables of which a large company has millions of rows, or gigabytes. */
const BIG_TABLES = ["segments", "records", "subjects"];

/** A line that says why a file takes away what no program reads any more. It lifts all rules from that file. */
const CONTRACT = /^-- contract: \S/mu;

interface Rule {
  /** Of a statement, in one line, without comments and texts. */
  breaks(statement: string, file: File): boolean;
  why: string;
}

interface File {
  outside: boolean;
  /** All of its statements. */
  statements: string[];
}

const NAME = '(?:"?public"?\\.)?"?(\\w+)"?';
const pattern = (text: string) => new RegExp(text.replaceAll("NAME", NAME).replaceAll(" ", "\\s+"), "iu");

const CREATES_TABLE = pattern("create (?:unlogged )?table (?:if not exists )?NAME");
const ALTERS_TABLE = pattern("alter table (?:if exists )?(?:only )?NAME");
const CREATES_INDEX = pattern(
  'create (?:unique )?index (?:concurrently )?(?:if not exists )?"?\\w+"? on (?:only )?NAME',
);
const CHANGES_ROWS = pattern("^(?:update|delete from|truncate(?: table)?) (?:only )?NAME");

/** Whether the file itself makes the table: nobody reads it yet. */
const isNew = (table: string, { statements }: File) =>
  statements.some((statement) => CREATES_TABLE.exec(statement)?.[1] === table);

const isBig = (table: string | undefined, file: File) =>
  table !== undefined && BIG_TABLES.includes(table) && !isNew(table, file);

/** A statement that alters a table which was there before. */
const altersOld = (statement: string, file: File) => {
  const table = ALTERS_TABLE.exec(statement)?.[1];
  return table !== undefined && !isNew(table, file);
};

const DROPS_WHOLE = /^drop (?:table|view|materialized view|schema|type|sequence|function|procedure)\b/iu;
/** `drop column x`, and `drop x`, which means the same. */
const DROPS_COLUMN =
  /\bdrop (?:column\b|(?!constraint\b|default\b|not null\b|expression\b|identity\b)"?\w)/iu;

const SAFE_OUTSIDE =
  /^(?:drop index concurrently if exists|create (?:unique )?index concurrently|alter table \S+ validate constraint|alter policy) /iu;

const RULES: Rule[] = [
  {
    breaks: (statement) =>
      DROPS_WHOLE.test(statement) || (/^alter table /iu.test(statement) && DROPS_COLUMN.test(statement)),
    why: "takes away what the program before it still reads: leave it for a later version, with a -- contract: line",
  },
  {
    breaks: (statement) => /^alter .*\brename\b/iu.test(statement),
    why: "renames what the program before it still reads: add the new one beside the old one",
  },
  {
    breaks: (statement, file) =>
      altersOld(statement, file) && /\b(?:set data type|alter (?:column )?"?\w+"? type)\b/iu.test(statement),
    why: "changes a column's type, which writes the table anew under a lock: add a column beside it",
  },
  {
    breaks: (statement, file) =>
      altersOld(statement, file) &&
      /\bset not null\b/iu.test(statement) &&
      !file.statements.some((other) => /\bvalidate constraint\b/iu.test(other)),
    why: "reads the whole table under a lock: add a check (… is not null) not valid, validate it, then set not null",
  },
  {
    breaks: (statement, file) =>
      altersOld(statement, file) &&
      /\badd (?:constraint "?\w+"? )?(?:check|foreign key)\b/iu.test(statement) &&
      !/\bnot valid\b/iu.test(statement),
    why: "reads the whole table under a lock: add the constraint not valid, then validate it",
  },
  {
    breaks: (statement, file) =>
      altersOld(statement, file) &&
      /\badd (?:constraint "?\w+"? )?(?:unique|primary key|exclude)\b/iu.test(statement) &&
      !/\busing index\b/iu.test(statement) &&
      isBig(ALTERS_TABLE.exec(statement)?.[1], file),
    why: "builds an index under a lock: build it concurrently first, then add the constraint using index",
  },
  {
    breaks: (statement, file) =>
      altersOld(statement, file) &&
      statement
        .split(/,(?![^(]*\))/u)
        .some(
          (part) =>
            /\badd (?:column )?(?!constraint|check|unique|primary|foreign|exclude)"?\w+"? /iu.test(part) &&
            /\bnot null\b/iu.test(part) &&
            !/\bdefault\b|\bgenerated\b/iu.test(part),
        ),
    why: "adds a column that the program before it can't fill: make it nullable or give it a default",
  },
  {
    breaks: (statement, file) =>
      isBig(ALTERS_TABLE.exec(statement)?.[1], file) &&
      /\badd (?:column )?.*(?:\bdefault (?!now\(\)|current_)\S*\(|\bgenerated\b|\bserial\b)/iu.test(
        statement,
      ),
    why: "works out a value for every row of a big table under a lock: add the column empty and fill it in parts",
  },
  {
    breaks: (statement, file) =>
      isBig(CREATES_INDEX.exec(statement)?.[1], file) && !/\bconcurrently\b/iu.test(statement),
    why: "builds an index on a big table while nobody can write: build it concurrently, in a file outside a transaction",
  },
  {
    breaks: (statement, file) => isBig(CHANGES_ROWS.exec(statement)?.[1], file),
    why: "changes all rows of a big table in one go: let the program do it in parts",
  },
  {
    breaks: (statement, file) => !file.outside && /\bindex concurrently\b/iu.test(statement),
    why: "can't run in a transaction: give the file the first line -- outside a transaction",
  },
  {
    breaks: (statement, file) => file.outside && !SAFE_OUTSIDE.test(statement),
    why: "may not run twice, as a file outside a transaction may: only drop index concurrently if exists, create index concurrently, validate constraint and alter policy may stand there",
  },
  {
    breaks: (statement, file) => {
      const index = /^create (?:unique )?index concurrently "?(\w+)"?/iu.exec(statement)?.[1];
      return (
        index !== undefined &&
        !file.statements.some((other) =>
          new RegExp(`^drop index concurrently if exists "?${index}"?$`, "iu").test(other),
        )
      );
    },
    why: "leaves a broken index behind when it is cut off: drop the index concurrently if exists before it",
  },
];

/** Statements one by one, each in one line; comments and what stands in quotes of text or functions are left out. */
function statementsOf({ statements }: Migration): string[] {
  return statements
    .join(";")
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/gu, "''")
    .replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//gu, " ")
    .replaceAll(/'(?:[^']|'')*'/gu, "''")
    .split(";")
    .map((statement) => statement.replaceAll(/\s+/gu, " ").trim())
    .filter((statement) => statement !== "");
}

/**
 * What a migration does that a running installation would suffer from.
 * @returns a sentence for each, empty when all is well or when the file says why it may.
 */
export function brokenRules(migration: Migration): string[] {
  if (CONTRACT.test(migration.statements.join("\n"))) return [];
  const file: File = { outside: migration.outside, statements: statementsOf(migration) };
  return file.statements.flatMap((statement) =>
    RULES.filter((rule) => rule.breaks(statement, file)).map(
      ({ why }) => `${migration.tag}: "${statement}" ${why}.`,
    ),
  );
}
