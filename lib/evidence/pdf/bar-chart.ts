/** Bars beside each other's names, each with its number: few kinds of one thing, compared. */
import { COLOURS, PAGE, type Tone, WIDTH } from "./look.ts";
import type { Sheet } from "./sheet.ts";
import { count } from "./words.ts";

interface Bar {
  name: string;
  value: number;
  tone: Tone;
}

const ROW = 20;
const NAMES = 190;
const NUMBERS = 50;

/** @param what the bars count, for those who don't see them. */
export function barChart(sheet: Sheet, what: string, bars: readonly Bar[]): void {
  const { pdf } = sheet;
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const longest = WIDTH - NAMES - NUMBERS;
  const alt = `${what}: ${bars.map(({ name, value }) => `${name} ${count(value)}`).join(", ")}.`;
  sheet.picture(bars.length * ROW + 6, alt, (top) => {
    bars.forEach(({ name, value, tone }, i) => {
      const y = top + i * ROW;
      const length = (value / most) * longest;
      sheet.style();
      pdf.text(name, PAGE.left, y + 2, { width: NAMES - 10, lineBreak: false });
      pdf.rect(PAGE.left + NAMES, y + 3, Math.max(length, 0.8), ROW - 8).fill(COLOURS[tone]);
      sheet.style({ weight: "strong" });
      pdf.text(count(value), PAGE.left + NAMES + length + 6, y + 2, { width: NUMBERS, lineBreak: false });
    });
  });
}
