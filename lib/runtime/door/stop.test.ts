/** The graceful end, of a real process. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { Agent, get } from "node:http";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";

const PROGRAM = fileURLToPath(new URL("./stop-process.ts", import.meta.url));

interface Running {
  child: ChildProcessByStdio<null, Readable, null>;
  output: () => string;
  origin: string;
  ended: Promise<{ code: number | null; signal: string | null }>;
}

const running: Running[] = [];
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill("SIGKILL");
});

async function start(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended: Running["ended"] = new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const one = { child, output: () => output, origin: "", ended };
  running.push(one);
  await until(one, /port \d+\n/u);
  one.origin = `http://localhost:${/port (\d+)/u.exec(output)?.[1]}`;
  return one;
}

const until = ({ output }: Pick<Running, "output">, what: RegExp) =>
  vi.waitFor(() => expect(output()).toMatch(what), { timeout: 60_000, interval: 20 });

/** Over connections that stay, as browsers and load balancers have them. */
function ask(url: string, agent: Agent): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body })).once("error", reject);
    }).once("error", reject);
  });
}

describe("SIGTERM", () => {
  it("lets a request under way end, takes no new ones, and ends the process", async () => {
    const server = await start({});
    const agent = new Agent({ keepAlive: true });
    const slow = ask(`${server.origin}/slow`, agent);
    const failed = slow.catch((error: unknown) => error);
    await until(server, /begun/u);
    // On a connection that is there before the end, as no new one is taken after it.
    const stuck = ask(`${server.origin}/slow`, new Agent({ keepAlive: true }));
    await until(server, /begun\nbegun/u);
    server.child.kill("SIGTERM");
    await until(server, /stopping/u);
    await vi.waitFor(
      () => expect(ask(`${server.origin}/release`, new Agent())).rejects.toThrow(/ECONNREFUSED/u),
      60_000,
    );
    expect(server.output()).not.toContain("closed");
    server.child.kill("SIGUSR2");
    expect(await failed).toMatchObject({ status: 200, body: "answered" });
    expect(await stuck).toMatchObject({ status: 200 });
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.output()).toContain("closed");
    agent.destroy();
  });

  it("turns /readyz to 503 before connections are refused", async () => {
    const server = await start({ ROLLCALL_STOP_DELAY: "2" });
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    server.child.kill("SIGTERM");
    await until(server, /stopping/u);
    const answer = await fetch(`${server.origin}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ checks: { running: false } });
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  it("cuts off what takes longer than the limit", async () => {
    const server = await start({ ROLLCALL_STOP_SECONDS: "0.2" });
    const stuck = ask(`${server.origin}/stuck`, new Agent()).catch((error: Error) => error);
    await until(server, /begun/u);
    server.child.kill("SIGTERM");
    expect(await stuck).toBeInstanceOf(Error);
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  it("twice ends the process at once, whatever is under way", async () => {
    const server = await start({ ROLLCALL_STOP_SECONDS: "3600" });
    const stuck = ask(`${server.origin}/stuck`, new Agent()).catch((error: Error) => error);
    await until(server, /begun/u);
    server.child.kill("SIGTERM");
    await until(server, /stopping/u);
    // Signals that come within a second are one.
    await sleep(1_500);
    server.child.kill("SIGTERM");
    expect(await server.ended).toEqual({ code: null, signal: "SIGTERM" });
    expect(await stuck).toBeInstanceOf(Error);
    expect(server.output()).not.toContain("closed");
  });
});
