/** A push source that can't be set up, changed or removed; the message is for the person who must act. */
export class PushProblem extends Error {
  override name = "PushProblem";
  constructor(
    readonly code: "unknown-source" | "known-source" | "unknown-kind" | "bad-settings" | "bad-secret",
    message: string,
  ) {
    super(message);
  }
}
