/** Which files only say more of the rows of another, and which table they belong to. */
import { ADAPTERS } from "./adapters/registry.ts";
import { type ColumnMapping, isPart, type PartKind, type RowKind } from "./adapters/table.ts";
import { mayBeTable, type Table, tableOf } from "./csv.ts";
import type { Part } from "./joined.ts";
import { peekText } from "./peek.ts";
import { IngestProblem } from "./problem.ts";

/** The part that begins with this line; null when it is none. */
function partTableOf(
  firstLine: Buffer,
  kinds: readonly PartKind[],
  mapping: ColumnMapping,
): Table<PartKind> | null {
  for (const kind of kinds) {
    // The mapping may name fields of the other tables too.
    const own = Object.entries(mapping).filter(([field]) => Object.hasOwn(kind.fields, field));
    const given = { said: null, application: null };
    const table = tableOf(firstLine, [kind], Object.fromEntries(own), false, given);
    if (table !== null) return table;
  }
  return null;
}

const partKinds = (format: string): PartKind[] =>
  ADAPTERS.filter((adapter) => format === "auto" || format === adapter.format)
    .flatMap(({ tables }) => tables ?? [])
    .filter(isPart);

/**
 * Whether the input's rows only say more of another file's, and are to be read with it. Reads no more than its start.
 * @param format that the person named, or `auto`.
 */
export async function isPartOfAnother(
  chunks: AsyncIterable<Uint8Array>,
  format = "auto",
  mapping: ColumnMapping = {},
): Promise<boolean> {
  const { firstLine, whole } = await peekText(chunks);
  await whole.return();
  return mayBeTable(firstLine) && partTableOf(firstLine, partKinds(format), mapping) !== null;
}

/**
 * A file that was named with a table, as the part of it that it is.
 * @throws {IngestProblem} when it is none.
 */
export async function partOf(
  kind: RowKind,
  chunks: AsyncIterable<Uint8Array>,
  mapping: ColumnMapping,
): Promise<Part> {
  const { firstLine, whole } = await peekText(chunks);
  const kinds = partKinds("auto").filter((part) => part.of === kind);
  const table = partTableOf(firstLine, kinds, mapping);
  if (table !== null) return { table, chunks: whole };
  throw new IngestProblem(
    "table-parts",
    `A file that was to be read with ${kind.label} holds nothing of theirs; name it in a command of its own.`,
  );
}

/** What to say of a part that came without its table. */
export const alone = ({ label, of }: PartKind): string =>
  `This file holds ${label}, which say nothing without ${of.label}: name the files of one download in one command.`;
