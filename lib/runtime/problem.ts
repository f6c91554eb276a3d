/** What keeps Rollcall from starting, in a sentence that says what to do about it. */
export class RuntimeProblem extends Error {
  override name = "RuntimeProblem";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The `code` of a system or database error; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * What a failed file operation under `folder` means for the person who must act.
 * @returns a RuntimeProblem for what he can mend, the error itself otherwise.
 */
export function fileProblem(error: unknown, folder: string): unknown {
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(folder);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new RuntimeProblem(
        "home-unwritable",
        `Rollcall can't write to ${folder}. Give this user the right to, or set ROLLCALL_HOME to another folder.`,
      );
    case "ENOTDIR":
    case "EEXIST":
      return new RuntimeProblem(
        "home-no-folder",
        `${folder} is not a folder. Move it away, or set ROLLCALL_HOME to another folder.`,
      );
    default:
      return error;
  }
}

export function diskFull(folder: string): RuntimeProblem {
  return new RuntimeProblem(
    "disk-full",
    `The disk that holds ${folder} is full. Free some space and start again; what was stored is kept.`,
  );
}
