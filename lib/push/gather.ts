/** Has what arrives while work is under way wait, and be worked on together: many small deliveries cost a few transactions. */

/** So many, or so many bytes, are worked on at once: a second's work, and no more memory than an upload's batch. */
const MOST = 500;
const MOST_BYTES = 16 * 1024 * 1024;

interface Waiting<R> {
  body: Uint8Array<ArrayBuffer>;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

type Work<R> = (bodies: readonly Uint8Array<ArrayBuffer>[]) => Promise<readonly R[]>;

/** How many of the first are worked on together. */
function shareOf(waiting: readonly Pick<Waiting<unknown>, "body">[]): number {
  let bytes = 0;
  const end = waiting.findIndex(({ body }, i) => {
    bytes += body.length;
    return i > 0 && (i >= MOST || bytes > MOST_BYTES);
  });
  return end === -1 ? waiting.length : end;
}

export class Gather<R> {
  /** What waits, by lane; a lane is there while it is worked on. */
  private readonly lanes = new Map<string, Waiting<R>[]>();

  /**
   * @param lane what is of one lane is worked on together, and one after another.
   * @param work gives a result for each, in their order; of one lane all are alike, and the first one's does it for all.
   * @returns this one's result, once it is there. @throws what the work throws, to all that were in it.
   */
  add(lane: string, body: Uint8Array<ArrayBuffer>, work: Work<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      const one = { body, resolve, reject };
      const waiting = this.lanes.get(lane);
      if (waiting !== undefined) {
        waiting.push(one);
        return;
      }
      const first = [one];
      this.lanes.set(lane, first);
      void this.run(lane, first, work);
    });
  }

  private async run(lane: string, waiting: Waiting<R>[], work: Work<R>): Promise<void> {
    while (waiting.length > 0) {
      const some = waiting.splice(0, shareOf(waiting));
      try {
        const results = await work(some.map(({ body }) => body));
        for (const [i, one] of some.entries()) one.resolve(results[i] as R);
      } catch (error) {
        for (const one of some) one.reject(error);
      }
    }
    this.lanes.delete(lane);
  }
}
