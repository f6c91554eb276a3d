/** A file that can't be written or read for a reason that a person can act on; the message is a sentence for him. */
export class FileProblem extends Error {
  override name = "FileProblem";
}
