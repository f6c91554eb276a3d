/** What a reading thread runs: it makes segments of a piece of lines, as the sequential way would. */
import { parentPort, workerData } from "node:worker_threads";
import { adapterOf, detectAdapter } from "../adapters/registry.ts";
import type { Frame } from "../framing/frame.ts";
import { Framer, framesOfLines } from "../framing/framer.ts";
import { Packer } from "../packer.ts";
import type { PieceResult, PieceSettings } from "./piece.ts";

const { source, format } = workerData as PieceSettings;
// A piece makes one segment of each of its sources.
const packer = new Packer({ source, adapter: adapterOf(format ?? "") ?? null }, Number.POSITIVE_INFINITY);
const isRecord = (value: unknown) => detectAdapter(value) !== null;

/** The frames of a piece; null when it ends within a value. */
function framesOf(piece: Buffer): Frame[] | null {
  const lines = framesOfLines(piece, isRecord);
  if (lines !== null) return lines;
  const framer = new Framer({ isRecord });
  const frames = framer.push(piece);
  return framer.idle ? frames : null;
}

parentPort?.on("message", (piece: Uint8Array<ArrayBuffer>) => {
  const frames = framesOf(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
  let result: PieceResult = { piece, records: null };
  if (frames !== null) {
    for (const frame of frames) packer.add(frame);
    // What is packed no longer points into the piece, but what is rejected does.
    const { segments, rejected } = packer.flush();
    const kept = rejected.map((row) => ({ ...row, bytes: row.bytes.slice() }));
    result = { piece, records: frames.length, segments, rejected: kept };
  }
  parentPort?.postMessage(result, [piece.buffer]);
});
