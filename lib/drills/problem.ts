/** What can't be set or run of drills; the message says why. */
export class DrillProblem extends Error {
  override name = "DrillProblem";
  constructor(
    readonly code:
      | "bad-setting"
      | "not-on"
      | "no-connection"
      | "running"
      | "unknown-application"
      | "nothing-left",
    message: string,
  ) {
    super(message);
  }
}
