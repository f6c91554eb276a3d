/** Streaming to readers that read, stop reading, and go away. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import { mayStream, streamPack } from "./stream-pack.ts";

const running = () => new AbortController().signal;

/** Writes pieces until it is done or the target ends under it. */
async function pieces(target: Writable, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    if (target.destroyed) throw new Error("The target is gone.");
    if (!target.write(Buffer.alloc(64 * 1024, i)))
      await Promise.race([once(target, "drain"), once(target, "close")]);
  }
  target.end();
}

describe("a streamed pack", () => {
  it("arrives whole", async () => {
    const bytes = await buffer(streamPack({ write: (target) => pieces(target, 20) }, running()));
    const whole = Buffer.concat(Array.from({ length: 20 }, (_, i) => Buffer.alloc(64 * 1024, i)));
    expect(bytes.equals(whole)).toBe(true);
  });

  it("breaks off when it can't be made, so that nobody takes the part for the whole", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const stream = streamPack(
        {
          async write(target) {
            target.write("the beginning");
            throw new Error("The disk is gone.");
          },
        },
        running(),
      );
      await expect(buffer(stream)).rejects.toThrow("The disk is gone.");
      await vi.waitFor(() => expect(said.mock.calls.join("")).toContain("The disk is gone."), 60_000);
    } finally {
      said.mockRestore();
    }
  });

  it("is given up when nobody reads, and when the browser has gone; then others may begin", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const gone = new AbortController();
      const ended: Promise<unknown>[] = [];
      const begin = (stop: AbortSignal, silentMs: number) => {
        streamPack(
          {
            write(target) {
              const done = pieces(target, 1_000);
              ended.push(done.catch(() => {}));
              return done;
            },
          },
          stop,
          silentMs,
        );
      };
      begin(running(), 20);
      for (let i = 0; i < 3; i++) begin(gone.signal, 60_000);
      expect(mayStream()).toBe(false);
      await ended[0];
      await vi.waitFor(() => expect(mayStream()).toBe(true), 60_000);
      begin(gone.signal, 60_000);
      expect(mayStream()).toBe(false);
      gone.abort();
      await Promise.all(ended);
      await vi.waitFor(() => expect(mayStream()).toBe(true), 60_000);
    } finally {
      said.mockRestore();
    }
  });
});
