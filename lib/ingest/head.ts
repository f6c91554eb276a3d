/** Looks at the first bytes of a stream without taking them away. */

export interface Headed {
  /** The first bytes: as many as were enough, or all where the stream ends or fails before. */
  head: Buffer;
  /** The whole stream, from its first byte; ending it ends the source, also before it is read. */
  whole: AsyncIterableIterator<Uint8Array, undefined> & {
    return(): Promise<IteratorResult<Uint8Array, undefined>>;
  };
}

/**
 * Never throws: what the stream throws early, `whole` throws in its place.
 * @param enough whether so many first bytes are.
 */
export async function headOf(
  chunks: AsyncIterable<Uint8Array>,
  enough: (head: Buffer) => boolean,
): Promise<Headed> {
  const input = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let failure: { error: unknown } | null = null;
  try {
    while (!enough(head)) {
      const next = await input.next();
      if (next.done === true) break;
      head = Buffer.concat([head, next.value]);
    }
  } catch (error) {
    failure = { error };
  }
  const end = { done: true, value: undefined } as const;
  let given = head.length === 0;
  const whole: Headed["whole"] = {
    async next() {
      if (!given) {
        given = true;
        return { done: false, value: head };
      }
      if (failure !== null) throw failure.error;
      const next = await input.next();
      return next.done === true ? end : next;
    },
    async return() {
      await input.return?.();
      return end;
    },
    [Symbol.asyncIterator]() {
      return whole;
    },
  };
  return { head, whole };
}
