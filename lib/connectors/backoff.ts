/** When a connector runs again. */

/** After the first failure. A vendor's hiccup is over by then; a secret that is wrong stays so. */
const FIRST_MS = 30_000;
/** The longest: whoever mends the cause waits no longer than that, or says "run now". */
const LONGEST_MS = 3_600_000;

/** Up to a tenth more or less, so that connectors set up together do not come back together for ever. */
export const afterSuccess = (everySeconds: number): number =>
  Math.round(everySeconds * 1000 * (0.9 + Math.random() * 0.2));

/** Twice as long after each failure in a row, half of it by chance. @param failures in a row before this one. */
export function afterFailure(failures: number): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.min(failures, 20), LONGEST_MS);
  return Math.round(whole / 2 + (Math.random() * whole) / 2);
}
