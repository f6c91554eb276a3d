/** Records that are sealed for several people have a layer of encryption for each. Pure. */
import { type Layer, unwrap, wrap, wrappedFor } from "./cipher.ts";

/** The keys that are to be had, by person. */
export type Keys = ReadonlyMap<string, Uint8Array>;

/** What lies under all layers; null when a key is gone, and with it what only that key opened. */
export function peeled(layer: Layer, keys: Keys): Uint8Array | null {
  let { bytes, wrapped } = layer;
  while (wrapped) {
    const key = keys.get(wrappedFor(bytes));
    if (key === undefined) return null;
    ({ bytes, wrapped } = unwrap(key, bytes));
  }
  return bytes;
}

/**
 * The same without one person's layer, the others put around it again.
 * @returns null when a layer around theirs doesn't open any more, or none is theirs.
 */
export function withoutLayer(layer: Layer, person: string, keys: Keys): Layer | null {
  if (!layer.wrapped) return null;
  const owner = wrappedFor(layer.bytes);
  const key = keys.get(owner);
  if (key === undefined) return null;
  const inner = unwrap(key, layer.bytes);
  if (owner === person) return inner;
  const rest = withoutLayer(inner, person, keys);
  return rest === null ? null : { bytes: wrap(owner, key, rest), wrapped: true };
}
