/** What the reading threads are told and tell. */
import type { Packed } from "../packer.ts";

export interface PieceSettings {
  /** Name of the source, and the only format that is taken; null as in `Reading`. */
  source: string | null;
  format: string | null;
}

/**
 * The piece itself comes back, so that its memory serves again. `records` null: it ends within a value and can't be read by
 * itself. Positions count from its start.
 */
export type PieceResult = { piece: Uint8Array<ArrayBuffer> } & (
  | ({ records: number } & Packed)
  | { records: null }
);
