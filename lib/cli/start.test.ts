import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { listenOn } from "../runtime/port.ts";

const START = fileURLToPath(new URL("./start.mjs", import.meta.url));

/** Runs the launcher. @returns its exit code and what it printed. */
function start(
  args: string[],
  { node = [], env = {} }: { node?: string[]; env?: Record<string, string> } = {},
) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const call = [...node, START, ...args];
    const child = execFile(
      process.execPath,
      call,
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

it("tells an old Node in a sentence", async () => {
  const older =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.8.1" } })';
  const result = await start(["demo"], {
    node: ["--import", `data:text/javascript,${encodeURIComponent(older)}`],
  });
  expect(result).toEqual({
    code: 1,
    stdout: "",
    stderr: "Rollcall needs Node.js 20.9 or newer; this is 20.8.1. Install one from nodejs.org.\n",
  });
});

it("takes no word that it doesn't know", async () => {
  const result = await start(["dmeo"]);
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toContain("demo|start|test|check|rollcall");
});

it("passes arguments and the exit code of the command line on", async () => {
  expect(await start(["rollcall", "report", "weather"])).toMatchObject({ code: 2, stdout: "" });
});

it("names a free port when the wished one is taken", async () => {
  const other = createServer();
  const taken = await listenOn(other, 0);
  const folder = await mkdtemp(join(tmpdir(), "rollcall-start-"));
  const result = await start(["start"], { env: { PORT: String(taken), ROLLCALL_HOME: folder } });
  other.close();
  await rm(folder, { recursive: true, force: true });
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr).toMatch(
    new RegExp(`^Port ${taken} is taken by another program\\. Port \\d+ is free: .*\\.\n$`, "u"),
  );
});
