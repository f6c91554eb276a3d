/** What can't be checked now, or set of checks by a schedule; the message says why. */
export class ConformanceProblem extends Error {
  override name = "ConformanceProblem";
  constructor(
    readonly code: "bad-schedule" | "running" | "unknown-application",
    message: string,
  ) {
    super(message);
  }
}
