/** A pack that can't be made or read for a reason that a person can act on; the message is a sentence for him. */
export class EvidenceError extends Error {
  override name = "EvidenceError";
  constructor(
    readonly code: "not-readable" | "damaged-log" | "log-changed" | "no-review" | "no-customer",
    message: string,
  ) {
    super(message);
  }
}
