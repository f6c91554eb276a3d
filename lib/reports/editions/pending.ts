/** A report that is not there yet. */

const counted = new Intl.NumberFormat("en-GB");

/** It is being worked out, and will be there in a while; the message says how far it has come. */
export class ReportPending extends Error {
  override name = "ReportPending";
  /** To be asked again after so long. */
  readonly retryAfterSeconds = 3;
  /** It could not be worked out the last time. */
  readonly failed: boolean;

  /** @param progress people gone through of all; null: it was not begun yet. @param problem why it failed the last time. */
  constructor(progress: { done: number; of: number } | null, problem: string | null) {
    super(
      problem ??
        (progress === null
          ? "This report is about to be worked out: a worker takes it up within seconds where one runs (rollcall worker)."
          : `This report is being worked out: ${counted.format(progress.done)} of ${counted.format(progress.of)} people so far.`),
    );
    this.failed = problem !== null;
  }
}

/** What is asked for; null when it is not there yet. @throws what else is wrong. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ReportPending) return null;
    throw error;
  }
}
