import { describe, expect, it } from "vitest";
import { Random } from "../sample/random.ts";
import { riseOf, trendsOf } from "./trend.ts";

const SEED = 7;

/** Half an hour, a look every five seconds. @param mb at a moment in seconds. */
const samples = (mb: (at: number) => number, connections: (at: number) => number = () => 20) =>
  Array.from({ length: 360 }, (_, i) => ({
    at: i * 5,
    memory: { "web 1": mb(i * 5) },
    connections: connections(i * 5),
  }));

describe("trends", () => {
  const random = new Random(SEED, "trend");
  /** As memory goes up and down between collections of garbage. */
  const breath = (at: number) => (at % 60) + random.next() * 40;

  it("are the rise of the line that fits best", () => {
    expect(
      riseOf([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(4);
    expect(
      riseOf([
        [0, 3],
        [1, 3],
      ]),
    ).toBe(0);
    expect(riseOf([])).toBe(0);
  });

  it(`are flat where what is kept is filled once, and memory comes and goes (seed ${SEED})`, () => {
    const filled = (at: number) => 200 + Math.min(at, 600) / 4 + breath(at);
    expect(trendsOf(samples(filled)).map(({ flat }) => flat)).toEqual([true, true]);
  });

  it("are not where a few megabytes a minute, or a connection every five, are never given back", () => {
    const leaks = samples(
      (at) => 200 + at / 12 + breath(at),
      (at) => 10 + Math.floor(at / 150),
    );
    expect(trendsOf(leaks)).toMatchObject([
      { what: "memory of web 1, MB", flat: false },
      { what: "connections to PostgreSQL", flat: false },
    ]);
  });
});
