/** What the large curve and the small ones have alike: the axis of time, the band and the line. */
import { duration } from "../format/time.ts";
import { START, TICKS } from "./curve.ts";

/** @param fontSize of the words beside it, in pixels. */
export const axisLook = (fontSize: number) => ({
  stroke: "var(--color-strong-line)",
  fontSize,
  tick: { fill: "var(--color-soft)" },
});

/**
 * Seconds from leaving, on a logarithmic scale.
 * @param end its right end.
 * @param every which of the marks are drawn: each, or each second one.
 */
export const timeAxis = (end: number, every: 1 | 2 = 1) =>
  ({
    dataKey: "seconds",
    type: "number",
    scale: "log",
    domain: [START, end],
    ticks: TICKS.filter((tick, i) => tick <= end && i % every === 0),
    tickFormatter: duration,
  }) as const;

export const BAND = {
  dataKey: "band",
  type: "stepAfter",
  stroke: "none",
  fill: "var(--color-accent)",
  fillOpacity: 0.18,
  activeDot: false,
  isAnimationActive: false,
} as const;

export const OPEN = {
  dataKey: "open",
  type: "stepAfter",
  stroke: "var(--color-accent)",
  strokeWidth: 2,
  dot: false,
  isAnimationActive: false,
} as const;

export const SLA_LINE = { stroke: "var(--color-ink)", strokeDasharray: "3 3" } as const;
