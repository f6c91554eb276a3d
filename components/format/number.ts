/** Numbers as readers write them: 12,408 accounts, 95.3 %. */
const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** A whole number with its thousands apart: `12,408`. */
export const count = (value: number): string => WHOLE.format(value);

/** A number and its noun: `1 account`, `12 accounts`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A share in per cent; never rounded up to 100 nor down to 0. A dash when there is no whole. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const exact = (100 * part) / whole;
  if (part > 0 && exact < 0.1) return "under 0.1 %";
  if (part < whole && exact > 99.9) return "over 99.9 %";
  return `${ONE_DIGIT.format(exact)} %`;
}

/** A size in the unit that suits it: `840 B`, `12.4 MB`. Units of 1,000. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${(unit === 0 ? WHOLE : ONE_DIGIT).format(size)} ${units[unit]}`;
}
