/** rollcall serve and rollcall demo */
import { type Command, InvalidArgumentError } from "commander";
import { endProcess } from "../runtime/end-process.ts";
import { log, logsJson } from "../runtime/log.ts";
import { serve } from "../runtime/serve.ts";
import { say } from "./output.ts";

const DEFAULT_PORT = "3000";

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

/** Progress for a person; where nobody watches, lines of the log. */
const tell = (text: string): void => (logsJson() ? log().info(text) : say(text));

function ready(address: string): void {
  const sentence = "Rollcall is ready. Open this address, it signs you in (Ctrl-C stops it):";
  tell(logsJson() ? "Rollcall is ready." : `\n${sentence}\n`);
  process.stdout.write(`  ${address}\n`);
  if (!logsJson()) say("");
}

export function addServe(program: Command): void {
  const add = (name: string, description: string, sample: boolean) =>
    program
      .command(name)
      .description(description)
      .option("--port <number>", "port on this machine; 0 takes a free one (PORT)", portOf)
      .action(async ({ port }: { port?: number }) => {
        await serve({ port: port ?? portOf(process.env.PORT || DEFAULT_PORT), sample, say: tell, ready });
        endProcess();
      });
  add("serve", "start the pages and the database", false);
  add("demo", "the same with a sample company loaded", true);
}
