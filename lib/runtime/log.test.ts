import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { captureConsole } from "./log/console.ts";
import { scrub } from "./log/scrub.ts";
import { makeLog, requestScope } from "./log.ts";

function logOf(json: boolean) {
  const lines: string[] = [];
  return { lines, log: makeLog(json, (line) => lines.push(line)) };
}

describe("the log", () => {
  it.each([
    ["alice@larkspur.example asked", "[e-mail] asked"],
    ["alice%40larkspur.example", "[e-mail]"],
    ["josé.o'neil+x@bücher.example", "[e-mail]"],
    ["postgres://rollcall:pass@db.example:5432/x", "postgres://[secret]@db.example:5432/x"],
    ["Key rct_main_AbC-1_x is", "Key [secret] is"],
    ["/open/AbC-123?x", "/open/[secret]?x"],
    ["/share/AbC-123/pack", "/share/[secret]"],
    ["opened rcv_main_AbC-1_x", "opened [secret]"],
    ["by rcp_main_AbC-1_x", "by [secret]"],
    ['"route":"/open/[token]"', '"route":"/open/[token]"'],
    ['"route":"/share/[token]/pack"', '"route":"/share/[token]/pack"'],
    ["authorization: Bearer abc.def-1", "authorization: Bearer [secret]"],
    ["__Secure-next-auth.session-token.0=abc; a", "__Secure-next-auth.session-token.0=[secret]; a"],
    ["token eyJhbGciOiJkaXIifQ..abc.def-g.h", "token [secret]"],
    ["secret hunter2hunter2 shown", "secret [secret] shown"],
    ["/app/node_modules/@scope/name/index.js:1:2", "/app/node_modules/@scope/name/index.js:1:2"],
  ])("%s becomes %s", (line, clean) => {
    expect(scrub(line, { NEXTAUTH_SECRET: "hunter2hunter2" })).toBe(clean);
  });

  it("tells errors with stack and causes, and nothing of the rows they were about", () => {
    const { log, lines } = logOf(true);
    const cause = Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (name)=(Alice) exists",
    });
    log.error(
      { err: new DrizzleQueryError("insert into people values ($1)", ["Alice\nSmith"], cause) },
      "failed",
    );
    const { err } = JSON.parse(lines[0] ?? "");
    expect(err.message).toContain("insert into people");
    expect(err.stack).toMatch(/\n {4}at .*log\.test\.ts/u);
    expect(err.cause).toMatchObject({ code: "23505", message: "duplicate key" });
    expect(lines[0]).not.toMatch(/Alice|Smith/u);
  });

  it("blackens fields that hold secrets or people", () => {
    const { log, lines } = logOf(true);
    log.info({ cookie: "a1", headers: { authorization: "b2" }, row: { person: { userName: "c3" } } }, "x");
    expect(lines[0]).not.toMatch(/a1|b2|c3/u);
  });

  it("names the request that is being answered", () => {
    const { log, lines } = logOf(true);
    requestScope().run("the-id", () => log.info("within"));
    log.info("without");
    expect(lines.map((line) => JSON.parse(line).request)).toEqual(["the-id", undefined]);
  });

  it("is plain text for a person, and silent while all goes well", () => {
    const { log, lines } = logOf(false);
    log.error({ route: "/", status: 500 }, "request");
    log.info("Something went well.");
    log.error({ err: new Error("It broke.") }, "The API could not answer.");
    expect(lines.join("")).toMatch(/^The API could not answer\.\nError: It broke\.\n {4}at /u);
  });

  it("takes what libraries print", () => {
    const { log, lines } = logOf(true);
    const { error, warn, info, log: print } = console;
    captureConsole(log);
    try {
      console.error(" ⨯", new Error("for alice@larkspur.example"));
    } finally {
      Object.assign(console, { error, warn, info, log: print });
    }
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", err: { message: "for [e-mail]" } });
  });
});
