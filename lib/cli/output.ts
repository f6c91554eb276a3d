/** What the command line prints: results on standard output, everything else on standard error. */
import cliProgress from "cli-progress";

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A time to the minute, as tables have it. */
export const minute = (at: string | null): string => at?.slice(0, 16).replace("T", " ") ?? "never";

export interface Progress {
  /** @param share 0 to 1, or null where the whole is not known. */
  update(share: number | null, text: string): void;
  stop(): void;
}

/** On a screen a bar; elsewhere (a file, a pipeline's log) a line now and then. */
export function progress(title: string): Progress {
  if (process.stderr.isTTY) {
    const bar = new cliProgress.SingleBar({
      format: `${title} [{bar}] {percentage} % · {text}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    });
    bar.start(1000, 0, { text: "" });
    return {
      update: (share, text) => bar.update(Math.round((share ?? 0) * 1000), { text }),
      stop: () => bar.stop(),
    };
  }
  let next = Date.now() + 1_000;
  return {
    update(share, text) {
      if (Date.now() < next) return;
      next = Date.now() + 5_000;
      say(`${title}: ${share === null ? "" : `${Math.round(share * 100)} %, `}${text}`);
    },
    stop() {},
  };
}
