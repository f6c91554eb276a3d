/** Periods of the calendar at whose end a pack is made. */

export type Every = "week" | "month" | "quarter";
