import { expect, it } from "vitest";
import { type Commit, paceOf } from "./pace.ts";

/** Commits of so many records each, of which the nth takes so long, and a look at each of them. */
function commitsOf(count: number, records: number, secondsOf: (n: number) => number): Commit[] {
  let seconds = 0;
  return Array.from({ length: count }, (_, n) => {
    seconds += secondsOf(n);
    return { seconds, records: (n + 1) * records };
  });
}

const rounded = (numbers: readonly number[] | null) => numbers?.map((number) => Math.round(number));

it("commits that take equally long are a flat line, also where tenths end within one", () => {
  const { tenths, lastVsFirst, commits, readingSeconds } = paceOf(commitsOf(33, 1_000, () => 0.5));
  expect(rounded(tenths)).toEqual(Array.from({ length: 10 }, () => 2_000));
  expect(lastVsFirst).toBeCloseTo(1, 10);
  expect([commits, readingSeconds]).toEqual([33, 16.5]);
});

it("a log of which the last tenth takes twice as long as the first ends at half the speed", () => {
  const { tenths, lastVsFirst } = paceOf(commitsOf(100, 100, (n) => (n < 90 ? 1 : 2)));
  expect(rounded(tenths)).toEqual([100, 100, 100, 100, 100, 100, 100, 100, 100, 50]);
  expect(lastVsFirst).toBeCloseTo(0.5, 10);
});

it("looks that see nothing new count for nothing, and the time before the first commit is the first tenth's", () => {
  const commits = commitsOf(20, 100, (n) => (n === 0 ? 3 : 1));
  const looks = commits.flatMap((commit) => [commit, { ...commit, seconds: commit.seconds + 0.4 }]);
  expect(paceOf(looks)).toEqual(paceOf(commits));
  expect(paceOf([{ seconds: 0.2, records: 0 }, ...looks])).toEqual(paceOf(commits));
  expect(rounded(paceOf(commits).tenths)).toEqual([50, ...Array.from({ length: 9 }, () => 100)]);
});

it("from fewer commits than tenths none is told", () => {
  expect(paceOf(commitsOf(9, 100, () => 1))).toEqual({
    tenths: null,
    lastVsFirst: null,
    commits: 9,
    readingSeconds: 9,
  });
  expect(() => paceOf([{ seconds: 1, records: 0 }])).toThrow("Nothing was committed.");
});
