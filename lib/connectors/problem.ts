/** Why a connector does not get on, in sentences for the person who must act. */

export class ConnectorProblem extends Error {
  override name = "ConnectorProblem";
  constructor(
    readonly code:
      | "bad-settings"
      | "secret-needed"
      | "unknown-connector"
      | "unknown-kind"
      | "known-name"
      | "bad-window"
      /** The vendor does not know the secret, or it may not read this. */
      | "not-authorized"
      /** The vendor can't be reached, or its answers can't be read. */
      | "unreachable"
      /** The vendor refuses what was asked: `status` says how. */
      | "refused",
    message: string,
    /** HTTP status of the vendor's answer, where there was one. */
    readonly status: number | null = null,
  ) {
    super(message);
  }
}

/** The vendor says to come back later; no failure. */
export class Later extends Error {
  override name = "Later";
  /** @param until milliseconds since 1970, by this machine's clock. */
  constructor(
    readonly until: number,
    message: string,
  ) {
    super(message);
  }
}
