/** When a review that recurs is opened again. Pure. */
import { utc } from "@date-fns/utc";
import { addMonths } from "date-fns/addMonths";
import type { Every } from "./contract.ts";

const MONTHS: Record<Every, number> = { month: 1, quarter: 3, "half-year": 6, year: 12 };

/** The same day of the month, so many months later; the last day of a month that is shorter. In UTC. */
export const nextOpening = (every: Every, openedAt: string): string =>
  new Date(addMonths(utc(openedAt), MONTHS[every]).getTime()).toISOString();
