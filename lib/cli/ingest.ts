/** rollcall ingest FILE… */
import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { ADAPTERS } from "../ingest/adapters/registry.ts";
import { scim } from "../ingest/adapters/scim/adapter.ts";
import { REQUEST_FIELDS } from "../ingest/adapters/scim/request-map.ts";
import type { ColumnMapping } from "../ingest/adapters/table.ts";
import { fileChunks } from "../ingest/file-chunks.ts";
import { type IngestInput, type IngestProgress, ingest } from "../ingest/ingest.ts";
import { isPartOfAnother } from "../ingest/parts.ts";
import { IngestProblem } from "../ingest/problem.ts";
import type { IngestResult } from "../reports/contract.ts";
import { instant } from "../reports/params.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { type Progress, printJson, progress, say } from "./output.ts";

interface Options {
  source?: string;
  format: string;
  customer?: string;
  application?: string;
  map?: string;
  at?: string;
  json?: boolean;
}

const count = (n: number) => n.toLocaleString("en-GB");

/** The fields that a mapping may name, by format: those of tables, and those of an HTTP server's requests. */
function fieldsOf(format: string): { format: string; fields: string[] }[] {
  return ADAPTERS.filter((adapter) => format === "auto" || format === adapter.format).flatMap((adapter) => {
    const ofTables = (adapter.tables ?? []).flatMap((kind) => Object.keys(kind.fields));
    const fields = adapter === scim ? REQUEST_FIELDS : ofTables;
    return fields.length === 0 ? [] : [{ format: adapter.format, fields: [...new Set(fields)] }];
  });
}

/** `email=Work Email,endDate=Last Day` as fields and their columns. */
function mappingOf(text: string, format: string): ColumnMapping {
  const known = fieldsOf(format);
  const mapping: Record<string, string> = {};
  for (const pair of text.split(",")) {
    const [name = "", ...rest] = pair.split("=");
    const field = name.trim();
    const column = rest.join("=").trim();
    if (column === "" || !known.some(({ fields }) => fields.includes(field))) {
      const list = known.map(({ format, fields }) => `for ${format} ${fields.join(", ")}`).join("; ");
      throw new UsageProblem(
        `--map takes FIELD=COLUMN, more of them with commas between; the fields are ${list}. "${pair.trim()}" is none.`,
      );
    }
    mapping[field] = column;
  }
  return mapping;
}

/** What tables need besides: which column is which, when their rows were said, and of which application they are. */
function tableOptions({
  map,
  at,
  application,
  format,
}: Options): Pick<IngestInput, "map" | "at" | "application"> {
  if (fieldsOf(format).length === 0 && (map !== undefined || at !== undefined)) {
    throw new UsageProblem(`--map and --at are for tables, which the format ${format} does not have.`);
  }
  if (application !== undefined && format !== "auto" && format !== "export") {
    throw new UsageProblem(`--application is for user exports, not for the format ${format}.`);
  }
  if (application?.trim() === "") throw new UsageProblem("--application takes the application's name.");
  if (at !== undefined && instant(at, "start") === null) {
    throw new UsageProblem(
      `--at takes a day or a time with its offset, like 2026-03-31 or 2026-03-31T09:00:00Z, not "${at}".`,
    );
  }
  const only = application === undefined ? format : "export";
  return { map: map === undefined ? undefined : mappingOf(map, only), at, application };
}

async function inputOf(file: string, options: Options): Promise<IngestInput> {
  const { source, format, customer } = options;
  const common = { source, format, customer, ...tableOptions(options) };
  if (file === "-") return { chunks: process.stdin, file: null, bytesTotal: null, ...common };
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "there is no such file" : error.message;
    throw new IngestProblem("unreadable-file", `${file} can't be read: ${why}.`);
  });
  if (found.isDirectory())
    throw new IngestProblem("unreadable-file", `${file} is a folder; name the files in it.`);
  return {
    chunks: fileChunks(file),
    file,
    bytesTotal: found.size,
    ...common,
  };
}

function show(bar: Progress, now: IngestProgress): void {
  if (now.subjects !== null) {
    const { done, all } = now.subjects;
    bar.update(done / all, `working out ${count(done)} of ${count(all)} identities and accounts`);
    return;
  }
  const share = now.bytesTotal ? Math.min(now.bytesRead / now.bytesTotal, 1) : null;
  const rejected = now.rejected > 0 ? `, ${count(now.rejected)} not readable` : "";
  bar.update(share, `${count(now.records)} records, ${count(now.accepted)} new${rejected}`);
}

/** Several files as one result: sums, the widest interval, and each file's own. */
function combined(results: (IngestResult & { file: string })[]): IngestResult & { files: IngestResult[] } {
  const sum = (key: "records" | "accepted" | "duplicates" | "rejected" | "seconds") =>
    results.reduce((total, result) => total + result[key], 0);
  const words = (key: "source" | "format") =>
    [...new Set(results.map((result) => result[key]))].sort().join("+");
  const times = (key: "firstEventAt" | "lastEventAt") =>
    results
      .map((result) => result[key])
      .filter((time) => time !== null)
      .sort();
  return {
    source: words("source"),
    format: words("format"),
    records: sum("records"),
    accepted: sum("accepted"),
    duplicates: sum("duplicates"),
    rejected: sum("rejected"),
    firstEventAt: times("firstEventAt")[0] ?? null,
    lastEventAt: times("lastEventAt").at(-1) ?? null,
    seconds: sum("seconds"),
    files: results,
  };
}

function describe(file: string, result: IngestResult): string {
  const parts = [`${count(result.accepted)} new`];
  if (result.duplicates > 0) parts.push(`${count(result.duplicates)} already known`);
  if (result.rejected > 0)
    parts.push(`${count(result.rejected)} not readable (kept, with the reason, on the sources page)`);
  return `${file}: ${count(result.records)} records of ${result.format || "no known format"}: ${parts.join(", ")}.`;
}

/**
 * Gives the files that only say more of another's rows to that other: the Entra admin center downloads a log as three.
 * @returns the files that are ingested by themselves, with their inputs.
 */
async function withParts(
  files: readonly string[],
  inputOfFile: (file: string) => Promise<IngestInput>,
): Promise<{ file: string; input: IngestInput }[]> {
  const opened = await Promise.all(
    files.map(async (file) => {
      const input = await inputOfFile(file);
      if (file === "-" || files.length === 1) return { file, input, part: false };
      const part = await isPartOfAnother((await inputOfFile(file)).chunks, input.format, input.map);
      return { file, input, part };
    }),
  );
  const parts = opened.filter(({ part }) => part);
  const [whole, ...others] = opened.filter(({ part }) => !part);
  if (parts.length === 0) return opened;
  if (whole === undefined || others.length > 0) {
    throw new UsageProblem(
      `${parts.map(({ file }) => file).join(" and ")} only say more of the rows of another file: name that file and its parts in a command of their own.`,
    );
  }
  return [{ ...whole, input: { ...whole.input, parts: parts.map(({ input }) => input.chunks) } }];
}

async function run(files: string[], options: Options): Promise<void> {
  const formats = ["auto", ...ADAPTERS.map((adapter) => adapter.format)];
  if (!formats.includes(options.format)) {
    throw new UsageProblem(`--format takes ${formats.join(", ")}, not "${options.format}".`);
  }
  if (files.filter((file) => file === "-").length > 1)
    throw new UsageProblem("Standard input (-) can be named once.");
  const inputs = await withParts(files, (file) => inputOf(file, options));
  await withDatabase(async (db, workspace) => {
    const results: (IngestResult & { file: string })[] = [];
    for (const { file, input } of inputs) {
      const bar = progress(file === "-" ? "standard input" : file);
      try {
        const result = await ingest(db, workspace, commandLine(), input, (now) => show(bar, now));
        results.push({ file, ...result });
        bar.stop();
        if (!options.json) say(describe(file, result));
      } finally {
        bar.stop();
      }
    }
    if (!options.json) return;
    const [only] = results;
    if (results.length === 1 && only !== undefined) {
      const { file: _file, ...result } = only;
      printJson(result);
    } else printJson(combined(results));
  });
}

export function addIngest(program: Command): void {
  program
    .command("ingest")
    .description(
      "read event logs, HR files and user exports into the log; what is known already is not stored twice",
    )
    .argument("<file...>", "files, or - for standard input; plain, gzip or zstd")
    .option("--source <name>", "name of the stream of records (default: its format)")
    .option("--format <format>", "auto, or one format to take nothing else", "auto")
    .option("--customer <name>", "the customer whose records these are")
    .option("--application <name>", "user export: the application that it is of; kept")
    .option(
      "--map <columns>",
      "table: which column holds what, like employeeId=Worker,endDate=Last Day; kept",
    )
    .option("--at <time>", "table: when its rows were said, where they do not tell")
    .option("--json", "print the result as JSON")
    .action(run);
}
