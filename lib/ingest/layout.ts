/** How an input is laid out: what its frames are and which adapter reads them, told from the content and the person's wishes. */
import type { Adapter } from "./adapters/adapter.ts";
import { userExport } from "./adapters/export/adapter.ts";
import { exportTable } from "./adapters/export/columns.ts";
import { hr } from "./adapters/hr/adapter.ts";
import { ADAPTERS } from "./adapters/registry.ts";
import { accessLine } from "./adapters/scim/access-line.ts";
import { scim } from "./adapters/scim/adapter.ts";
import { isRequestMap } from "./adapters/scim/request-map.ts";
import { type ColumnMapping, type Given, isPart, type TableKind } from "./adapters/table.ts";
import { mayBeJson, mayBeTable, type Table, tableFrames, tableOf } from "./csv.ts";
import { type Frame, frames } from "./framing.ts";
import { joinedFrames } from "./joined.ts";
import { isRowOf, rowFrames } from "./json-rows.ts";
import { alone, partOf } from "./parts.ts";
import { type Peeked, peekText } from "./peek.ts";
import { IngestProblem } from "./problem.ts";
import { mappedFrame, requestFrames } from "./request-frames.ts";

/** What the person said of the input. */
export interface Wishes {
  source?: string | undefined;
  /** A format's name, or `auto`. */
  format?: string | undefined;
  /** Which column of a table holds what; kept for the source's next tables. */
  map?: ColumnMapping | undefined;
  /** The application that a user export is of; kept likewise. */
  application?: string | undefined;
  /** When a table was said to be true, where its rows do not tell; ISO 8601. */
  at?: string | undefined;
  /** Files that say more of this one's rows. */
  parts?: readonly AsyncIterable<Uint8Array>[] | undefined;
}

/** What was said before of a source's tables: the mapping, and the application under the name of its own. */
export interface Mappings {
  read(source: string): Promise<ColumnMapping>;
  write(source: string, mapping: ColumnMapping): Promise<void>;
}

export type Layout = {
  /** The source that the records are of; null where it goes by their formats. */
  source: string | null;
} & (
  | {
      /** JSON of any layout, in UTF-8. */
      json: AsyncIterable<Uint8Array>;
      adapter: null;
    }
  | {
      frames: AsyncIterable<Frame[]>;
      /** What reads the frames. */
      adapter: Adapter;
    }
);

const APPLICATION = "application";

/** The source of an application's exports where none is named: each application's ids are its own. */
function exportSource(application: string): string {
  const name = application
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, 50)
    .replace(/^-|-$/gu, "");
  return name === "" ? userExport.format : `${userExport.format}-${name}`;
}

async function exportLayout(
  { firstLine, whole }: Peeked,
  wishes: Wishes,
  kept: ColumnMapping,
  mappings: Mappings,
): Promise<Layout> {
  const { [APPLICATION]: keptApplication, ...keptMap } = kept;
  const application = wishes.application ?? keptApplication;
  if (application === undefined || application.trim() === "") {
    throw new IngestProblem(
      "export-application",
      "A user export does not tell which application it is of: name it with --application.",
    );
  }
  const source = wishes.source ?? exportSource(application);
  const mapping = wishes.map ?? keptMap;
  const given: Given = { said: wishes.at ?? null, application };
  const layout = (cut: AsyncIterable<Frame[]>): Layout => ({ frames: cut, adapter: userExport, source });
  const keep = async () => {
    if (wishes.map !== undefined || wishes.application !== undefined) {
      await mappings.write(source, { ...mapping, [APPLICATION]: application });
    }
  };
  if (mayBeJson(firstLine)) {
    await keep();
    const isRecord = (value: unknown) => isRowOf(exportTable, mapping, value);
    return layout(rowFrames(frames(whole, { isRecord }), exportTable, mapping, given));
  }
  const table = tableOf(firstLine, [exportTable], mapping, true, given);
  if (table === null) throw new Error("A table that is wanted is one.");
  await keep();
  return layout(tableFrames(whole, table));
}

/** An HTTP server's log in the common log format, or JSON of which some names are mapped; null for what is neither. */
async function requestLayout(
  { firstLine, whole }: Peeked,
  { source, format = "auto", map }: Wishes,
  kept: ColumnMapping,
  mappings: Mappings,
): Promise<Layout | null> {
  const mapping = map ?? kept;
  const isMapped = isRequestMap(mapping);
  if (format !== "auto" && format !== scim.format) return null;
  if (accessLine(firstLine) === null && !(isMapped && mayBeJson(firstLine))) return null;
  const own = source ?? scim.format;
  if (map !== undefined && isMapped) await mappings.write(own, map);
  return { frames: mappedFrames(whole, isMapped ? mapping : {}), adapter: scim, source: own };
}

async function* mappedFrames(
  whole: AsyncIterable<Uint8Array>,
  mapping: ColumnMapping,
): AsyncGenerator<Frame[]> {
  for await (const batch of requestFrames(whole, mapping))
    yield batch.map((frame) => mappedFrame(frame, mapping));
}

/** A table of a kind that its columns tell, or that the person said it is; null when it is none. */
async function tableLayout(
  { firstLine, whole }: Peeked,
  wishes: Wishes,
  mappings: Mappings,
): Promise<Layout | null> {
  const { format = "auto", map, source } = wishes;
  const wanted = format === hr.format || map !== undefined;
  if (!wanted && !mayBeTable(firstLine)) return null;
  const given: Given = { said: wishes.at ?? null, application: null };
  const mappingOf = async (adapter: Adapter) => map ?? (await mappings.read(source ?? adapter.format));
  const layout = async (adapter: Adapter, { kind, ...table }: Table): Promise<Layout> => {
    if (isPart(kind)) throw new IngestProblem("table-parts", alone(kind));
    const mapping = await mappingOf(adapter);
    if (map !== undefined) await mappings.write(source ?? adapter.format, map);
    const parts = await Promise.all((wishes.parts ?? []).map((chunks) => partOf(kind, chunks, mapping)));
    return { frames: joinedFrames(whole, { ...table, kind }, parts), adapter, source: source ?? null };
  };

  const fields = Object.keys(map ?? {});
  const fits = (kind: TableKind) => fields.every((field) => Object.hasOwn(kind.fields, field));
  const adapters = ADAPTERS.filter((adapter) => format === "auto" || format === adapter.format);
  for (const adapter of adapters) {
    const kinds = (adapter.tables ?? []).filter(fits);
    if (kinds.length === 0) continue;
    const table = tableOf(firstLine, kinds, await mappingOf(adapter), false, given);
    if (table !== null) return layout(adapter, table);
  }
  if (!wanted) return null;
  // What it lacks is said of the kind that was meant.
  const meant = format === "auto" ? hr : adapters[0];
  const kind = meant?.tables?.find(fits);
  const table = meant && kind && tableOf(firstLine, [kind], await mappingOf(meant), true, given);
  if (meant && table) return layout(meant, table);
  throw new IngestProblem(
    "table-columns",
    `No kind of table has all of the fields that --map names: ${fields.join(", ")}.`,
  );
}

/**
 * @param chunks the input as it came: of any charset, compressed or not.
 * @throws {IngestProblem} when it is not what the person said it is.
 */
export async function layoutOf(
  chunks: AsyncIterable<Uint8Array>,
  wishes: Wishes,
  mappings: Mappings,
): Promise<Layout> {
  const peeked = await peekText(chunks);
  const { format = "auto", application } = wishes;
  const source = wishes.source ?? (application === undefined ? undefined : exportSource(application));
  const kept = source === undefined ? {} : await mappings.read(source);
  const isExport = format === "auto" && (application ?? kept[APPLICATION]) !== undefined;
  if (isExport || format === userExport.format) return exportLayout(peeked, wishes, kept, mappings);

  return (
    (await requestLayout(peeked, wishes, kept, mappings)) ??
    (await tableLayout(peeked, wishes, mappings)) ?? {
      json: peeked.whole,
      adapter: null,
      source: wishes.source ?? null,
    }
  );
}
