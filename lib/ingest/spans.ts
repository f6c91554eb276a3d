/** Sets of whole numbers that mostly follow one another, as spans: a first and a last number each, in order. */

/** @returns first and last number of each span, one after the other: [1, 3, 7, 7] is 1, 2, 3 and 7. */
export function spansOf(numbers: Iterable<number>): number[] {
  const spans: number[] = [];
  for (const number of Uint32Array.from(numbers).sort()) {
    const last = spans.at(-1);
    if (last === number || (last !== undefined && last + 1 === number)) spans[spans.length - 1] = number;
    else spans.push(number, number);
  }
  return spans;
}

/** Whether the number is in one of the spans. */
export function isWithin(spans: readonly number[], number: number): boolean {
  let [low, high] = [0, spans.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[2 * middle + 1] as number) < number) low = middle + 1;
    else high = middle;
  }
  const first = spans[2 * low];
  return first !== undefined && first <= number;
}

/** The spans, each by itself. */
export const rangesOf = (spans: readonly number[]): { from: number; to: number }[] =>
  Array.from({ length: spans.length / 2 }, (_, i) => ({
    from: spans[2 * i] as number,
    to: spans[2 * i + 1] as number,
  }));

/** The spans between those, and the one from 0 to before the first. */
export function gapsOf(spans: readonly number[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  for (let at = 0, next = 0; at < spans.length; at += 2) {
    const [first, last] = [spans[at] as number, spans[at + 1] as number];
    if (next < first) gaps.push({ from: next, to: first - 1 });
    next = last + 1;
  }
  return gaps;
}

/** The spans, and all numbers from 0 to `last`. */
export function withAllUpTo(spans: readonly number[], last: number): number[] {
  let [end, at] = [last, 0];
  for (; at < spans.length && (spans[at] as number) <= end + 1; at += 2)
    end = Math.max(end, spans[at + 1] as number);
  return end < 0 ? [...spans] : [0, end, ...spans.slice(at)];
}

/** How many numbers there are in the spans. */
export function countIn(spans: readonly number[]): number {
  let count = 0;
  for (let at = 0; at < spans.length; at += 2) count += (spans[at + 1] as number) - (spans[at] as number) + 1;
  return count;
}
