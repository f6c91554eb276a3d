/** What can't be set or sent of alerts; the message says why. */
export class AlertProblem extends Error {
  override name = "AlertProblem";
  constructor(
    readonly code: "bad-rule" | "bad-zone" | "bad-name" | "bad-to" | "unknown-channel",
    message: string,
  ) {
    super(message);
  }
}
