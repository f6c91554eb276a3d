/** How much may come out of compressed data: a small file that grows without end would fill disk and log. */
import { IngestProblem } from "../problem.ts";

/** Times its size that data may grow. Logs shrink to a tenth or a thirtieth; gzip could make a thousand of one, zstd 30,000. */
const MAX_EXPANSION = 200;

/** Less than this is no bomb, however small it was: a few kilobytes of one record repeated are a test, not an attack. */
const FREE_BYTES = 64 * 1024 * 1024;

/**
 * The limit in force: `ROLLCALL_MAX_EXPANSION`, else 200.
 * @throws {IngestProblem} when the setting is no number of at least 1.
 */
export function maxExpansion(setting = process.env.ROLLCALL_MAX_EXPANSION): number {
  if (setting === undefined || setting.trim() === "") return MAX_EXPANSION;
  const limit = Number(setting);
  if (limit >= 1) return limit;
  throw new IngestProblem(
    "bad-setting",
    `ROLLCALL_MAX_EXPANSION says how many times its size compressed data may grow, a number of at least 1, not "${setting}".`,
  );
}

/**
 * The chunks up to the limit.
 * @param bytesIn how many compressed bytes were read by now.
 * @throws {IngestProblem} once more than 64 MiB came out, and more than `limit` times what was read.
 */
export async function* withinExpansion(
  chunks: AsyncIterable<Uint8Array>,
  bytesIn: () => number,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let bytesOut = 0;
  for await (const chunk of chunks) {
    bytesOut += chunk.length;
    if (bytesOut > FREE_BYTES && bytesOut > bytesIn() * limit) {
      throw new IngestProblem(
        "expansion",
        `The compressed data grows to more than ${limit} times its size, which logs do not; what came before was read. If it is a log all the same, decompress it first, or set ROLLCALL_MAX_EXPANSION to a higher number.`,
      );
    }
    yield chunk;
  }
}
