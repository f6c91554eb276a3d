/** How an input is laid out: what its frames are and which adapter reads them, told from the content and the person's wishes. */
import type { Adapter } from "./adapters/adapter.ts";
import { hr } from "./adapters/hr/adapter.ts";
import type { HrMapping } from "./adapters/hr/columns.ts";
import { detectAdapter } from "./adapters/registry.ts";
import { inUtf8 } from "./charset.ts";
import { type HrTable, hrFrames, hrTableOf, mayBeTable } from "./csv.ts";
import { decompressed } from "./decompress.ts";
import { type Frame, frames } from "./framing.ts";
import { peek } from "./peek.ts";

/** What the person said of the input. */
export interface Wishes {
  source?: string | undefined;
  /** A format's name, or `auto`. */
  format?: string | undefined;
  map?: HrMapping | undefined;
  at?: string | undefined;
}

/** The mappings that were given before, by source. */
export interface Mappings {
  read(source: string): Promise<HrMapping>;
  write(source: string, mapping: HrMapping): Promise<void>;
}

export interface Layout {
  frames: AsyncIterable<Frame[]>;
  /** The only adapter that reads the frames; null where each record's is to be detected. */
  adapter: Adapter | null;
}

/** How the input is laid out when it is an HR file; null when it is none. */
async function tableOf(firstLine: Buffer, wishes: Wishes, mappings: Mappings): Promise<HrTable | null> {
  const wanted = wishes.format === hr.format || wishes.map !== undefined;
  const auto = (wishes.format ?? "auto") === "auto";
  if (!wanted && !(auto && mayBeTable(firstLine))) return null;
  const source = wishes.source ?? hr.format;
  const mapping = wishes.map ?? (await mappings.read(source));
  const table = hrTableOf(firstLine, mapping, wanted, wishes.at ?? null);
  if (table !== null && wishes.map !== undefined) await mappings.write(source, wishes.map);
  return table;
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
  const { firstLine, whole } = await peek(inUtf8(decompressed(chunks)));
  const table = await tableOf(firstLine, wishes, mappings);
  if (table !== null) return { frames: hrFrames(whole, table), adapter: hr };
  const isRecord = (value: unknown) => detectAdapter(value) !== null;
  return { frames: frames(whole, { isRecord }), adapter: null };
}
