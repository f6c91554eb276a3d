/** A SCIM source that can't be made, renewed or ended; the message is for the person who must act. */
export class ScimSourceProblem extends Error {
  override name = "ScimSourceProblem";
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const unknownSource = (source: string): ScimSourceProblem =>
  new ScimSourceProblem("unknown-source", `There is no SCIM source "${source.slice(0, 100)}".`);
