/** Why something can't be done with personal data, in a sentence for the person who asked for it. */
export class PrivacyProblem extends Error {
  override name = "PrivacyProblem";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
