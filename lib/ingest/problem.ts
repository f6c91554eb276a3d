/** What stops an ingest, in a sentence for the person who must act. */
export class IngestProblem extends Error {
  override name = "IngestProblem";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
