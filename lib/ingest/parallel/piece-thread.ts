/** What a reading thread runs: it makes segments of a piece of lines, as reading from front to back would. */
import { parentPort, workerData } from "node:worker_threads";
import { adapterOf, detectAdapter } from "../adapters/registry.ts";
import { Framer, takeLines } from "../framing/framer.ts";
import { Packer } from "../packer.ts";
import type { PieceResult, PieceSettings } from "./piece.ts";

const { source, format } = workerData as PieceSettings;
const isRecord = (value: unknown) => detectAdapter(value) !== null;
// A piece makes one segment of each of its sources.
const newPacker = () =>
  new Packer({ source, adapter: adapterOf(format ?? "") ?? null }, Number.POSITIVE_INFINITY);
let packer = newPacker();

/** Packs the piece. @returns the number of its records; null when it ends within a value. */
function read(piece: Buffer): number | null {
  const lines = takeLines(piece, isRecord, (frame) => packer.add(frame));
  if (lines !== null) return lines;
  // Another one: this one has read some of the piece, and counts as told what it has not handed over.
  packer = newPacker();
  const framer = new Framer({ isRecord });
  const frames = framer.push(piece);
  if (!framer.idle) return null;
  for (const frame of frames) packer.add(frame);
  return frames.length;
}

parentPort?.on("message", (piece: Uint8Array<ArrayBuffer>) => {
  const records = read(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
  let result: PieceResult = { piece, records: null };
  if (records !== null) {
    // What is packed no longer points into the piece, but what is rejected does.
    const { segments, rejected } = packer.flush();
    const kept = rejected.map((row) => ({ ...row, bytes: row.bytes.slice() }));
    result = { piece, records, segments, rejected: kept };
  }
  parentPort?.postMessage(result, [piece.buffer]);
});
