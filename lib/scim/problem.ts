/** What could not be done at an application's SCIM service, in a sentence for the person who wanted it. */
export class ScimProblem extends Error {
  override name = "ScimProblem";
  constructor(
    readonly code:
      | "bad-address"
      | "token-needed"
      | "no-connection"
      | "unreachable"
      /** Whatever else were asked just now would be refused too: the token, too many calls, a fault there. */
      | "not-now"
      | "refused"
      | "no-scim"
      | "unknown-user"
      | "another-user"
      | "unknown-group"
      | "ambiguous"
      | "not-done",
    message: string,
  ) {
    super(message);
  }
}
