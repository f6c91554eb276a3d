/** The frames of an HTTP server's log, JSON or in the common log format, as the adapter of SCIM requests reads them. */
import { accessLine } from "./adapters/scim/access-line.ts";
import { scim } from "./adapters/scim/adapter.ts";
import { mappedRequest } from "./adapters/scim/request-map.ts";
import type { ColumnMapping } from "./adapters/table.ts";
import { type Frame, frames } from "./framing.ts";

/** The frame with the record that it holds; a line of an access log is no JSON, and a record all the same. */
function ofRequest(frame: Frame): Frame {
  if (frame.kind === "record") return frame;
  const value = accessLine(frame.bytes);
  return value === null ? frame : { kind: "record", bytes: frame.bytes, value, position: frame.position };
}

/** The frame with its record's fields where the adapter looks for them. */
export const mappedFrame = (frame: Frame, mapping: ColumnMapping): Frame =>
  frame.kind === "broken" ? frame : { ...frame, value: mappedRequest(frame.value, mapping) };

/** @param mapping tells which objects are records; it is not yet applied. */
export async function* requestFrames(
  whole: AsyncIterable<Uint8Array>,
  mapping: ColumnMapping,
): AsyncGenerator<Frame[]> {
  const isRecord = (value: unknown) => scim.detect(mappedRequest(value, mapping));
  for await (const batch of frames(whole, { isRecord })) yield batch.map(ofRequest);
}
