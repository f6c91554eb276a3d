/** Times as alerts say them. */
import { counted } from "../evidence/pdf/words.ts";

/** `2026-03-01 09:00 UTC`. @param at milliseconds since 1970. */
export const moment = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Whole hours as `13 h`, from two days on as `3 days`. */
export const hoursInWords = (hours: number): string =>
  hours < 48 ? `${hours} h` : counted(Math.floor(hours / 24), "day");
