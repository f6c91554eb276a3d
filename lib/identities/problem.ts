/** Why a decision on who is who can't be taken, in a sentence for the person who took it. */
export class IdentityProblem extends Error {
  override name = "IdentityProblem";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
