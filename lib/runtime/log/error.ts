/** An error as the log tells it: kind, message, stack and cause, and nothing that hangs on it otherwise. */

export interface LoggedError {
  type: string;
  code?: string;
  message: string;
  stack: string;
  cause?: LoggedError;
}

/** Causes of causes are told to this depth. */
const MAX_CAUSES = 4;

/** Drizzle puts the values of a failed query into its message: people's names among them. */
const withoutValues = (message: string): string => message.split(/\nparams:/u, 1)[0] ?? "";

/** Also PostgreSQL's `detail` is left out, which quotes rows. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: "" };
  const message = withoutValues(error.message);
  const frames = error.stack?.match(/^ {4}at .*$/gmu) ?? [];
  return {
    type: error.name,
    ...("code" in error ? { code: String(error.code) } : {}),
    message,
    stack: [`${error.name}: ${message}`, ...frames].join("\n"),
    ...(error.cause === undefined || depth >= MAX_CAUSES
      ? {}
      : { cause: loggedError(error.cause, depth + 1) }),
  };
}
