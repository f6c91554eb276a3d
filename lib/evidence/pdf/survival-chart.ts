/** The share of accounts still open, over the time since their people left, with its confidence band and the SLA. */
import type { CurveStep } from "../../reports/contract.ts";
import { COLOURS, PAGE, SIZES, WIDTH } from "./look.ts";
import type { Sheet } from "./sheet.ts";
import { duration, share } from "./words.ts";

const HEIGHT = 190;
const LEFT = PAGE.left + 34;
const RIGHT = PAGE.left + WIDTH - 8;
const PLOT = 150;

/** Seconds at which the axis may have a mark: people think of time in these. */
const MARKS = [60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 90 * 86_400, 365 * 86_400];

interface Scale {
  x: (seconds: number) => number;
  y: (share: number) => number;
}

/** Minutes matter at the beginning and weeks at the end: the axis is logarithmic, and linear within the first minute. */
function scaleOf(longest: number, top: number): Scale {
  const place = (seconds: number) => Math.log10(1 + seconds / 60);
  const all = Math.max(place(longest), 0.1);
  return {
    x: (seconds) => LEFT + (Math.min(place(seconds), all) / all) * (RIGHT - LEFT),
    y: (value) => top + PLOT - value * PLOT,
  };
}

/** The corners of a staircase that begins at 1 and falls to each step's value at its time. */
function stairs(
  curve: readonly CurveStep[],
  value: (step: CurveStep) => number,
  { x, y }: Scale,
  end: number,
): [number, number][] {
  const corners: [number, number][] = [[x(0), y(1)]];
  let last = 1;
  for (const step of curve) {
    corners.push([x(step.seconds), y(last)], [x(step.seconds), y(value(step))]);
    last = value(step);
  }
  corners.push([x(end), y(last)]);
  return corners;
}

/**
 * @param watched seconds for which the longest account was watched: the curve ends there.
 * @param slaSeconds where the line of the SLA stands.
 */
export function survivalChart(
  sheet: Sheet,
  { curve, watched, slaSeconds }: { curve: readonly CurveStep[]; watched: number; slaSeconds: number },
): void {
  const { pdf } = sheet;
  const longest = Math.max(watched, slaSeconds * 1.3);
  const atSla = curve.findLast(({ seconds }) => seconds <= slaSeconds);
  const stillOpen = share(Math.round((atSla?.open ?? 1) * 1000), 1000);
  const alt =
    `Share of accounts still open over the time since leaving, by Kaplan and Meier. ` +
    `At the SLA of ${duration(slaSeconds)}, ${stillOpen} are still open.`;
  sheet.picture(HEIGHT, alt, (pictureTop) => {
    const top = pictureTop + 12;
    const scale = scaleOf(longest, top);
    const { x, y } = scale;
    const label = (
      text: string,
      left: number,
      at: number,
      width: number,
      align: "left" | "center" | "right",
    ) => pdf.text(text, left, at, { width, align, lineBreak: false });

    for (const value of [0, 0.25, 0.5, 0.75, 1]) {
      pdf.moveTo(LEFT, y(value)).lineTo(RIGHT, y(value)).lineWidth(0.5).strokeColor(COLOURS.line).stroke();
      sheet.style({ size: 7.5, tone: "soft" });
      label(`${value * 100} %`, PAGE.left, y(value) - 5, 28, "right");
    }

    const band = [
      ...stairs(curve, ({ upper }) => upper, scale, watched),
      ...stairs(curve, ({ lower }) => lower, scale, watched).reverse(),
    ];
    if (curve.length > 0) pdf.polygon(...band).fill(COLOURS.band);

    const line = stairs(curve, ({ open }) => open, scale, watched);
    line.forEach(([left, at], i) => {
      if (i === 0) pdf.moveTo(left, at);
      else pdf.lineTo(left, at);
    });
    pdf.lineWidth(1.4).strokeColor(COLOURS.accent).stroke();

    pdf
      .moveTo(x(slaSeconds), top - 4)
      .lineTo(x(slaSeconds), y(0))
      .lineWidth(0.9)
      .dash(3, { space: 2 })
      .strokeColor(COLOURS.risk)
      .stroke()
      .undash();
    sheet.style({ size: 7.5, tone: "risk" });
    const text = `SLA ${duration(slaSeconds)}`;
    const width = pdf.widthOfString(text) + 2;
    const left = x(slaSeconds) + width + 6 > RIGHT ? x(slaSeconds) - width - 4 : x(slaSeconds) + 4;
    label(text, left, top - 8, width, "left");

    let free = LEFT - 40;
    for (const seconds of MARKS.filter((mark) => mark <= longest)) {
      const at = x(seconds);
      if (at - free < 44) continue;
      free = at;
      pdf
        .moveTo(at, y(0))
        .lineTo(at, y(0) + 3)
        .lineWidth(0.5)
        .strokeColor(COLOURS.none)
        .stroke();
      sheet.style({ size: 7.5, tone: "soft" });
      label(duration(seconds), at - 30, y(0) + 5, 60, "center");
    }
  });
  sheet.note(
    "Line: share of accounts still open so long after their people left (Kaplan–Meier, accounts without an end counted " +
      "for as long as they were watched). Shade: its 95 % confidence band. The time axis is logarithmic.",
  );
  sheet.style({ size: SIZES.text });
}
