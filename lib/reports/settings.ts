/** Settings that answers depend on; the design's defaults. */
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const SETTINGS = {
  /** A leaver's accounts end within. */
  offboardingSla: 24 * HOUR,
  /** A failure group is mended within. */
  failureSla: 72 * HOUR,
  coverageWindowDays: 90,
  /** Share of attempted accounts that may be left in failure. */
  degradedShare: 0.05,
  dormantDays: 90,
  /** A credential is replaced within. */
  rotationDays: 365,
} as const;
