import { describe, expect, it } from "vitest";
import { startFailure } from "./failure.ts";

const said = (message: string) =>
  `2026-11-24 21:42:54.668 UTC [11300] ${message}\n2026-11-24 21:42:54.700 UTC [11300] LOG:  database system is shut down\n`;
const failure = (message: string) =>
  startFailure(said(message), "/srv/home/postgres", "/srv/home/postgres/server.log");

describe("a start of PostgreSQL that failed", () => {
  it.each([
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', "disk-full"],
    ['PANIC:  could not write to file "pg_wal/xlogtemp.29": No space left on device', "disk-full"],
    ["PANIC:  could not locate a valid checkpoint record at 0/14F2D38", "data-damaged"],
    ['FATAL:  data directory "/srv/home/postgres" has wrong ownership', "data-unreadable"],
    ['FATAL:  could not open file "global/pg_control": Permission denied', "data-unreadable"],
    ["FATAL:  database files are incompatible with server", "data-version"],
    ["FATAL:  could not map anonymous shared memory: Cannot allocate memory", "postgres-start"],
  ])("%s", (message, code) => {
    expect(failure(message)).toMatchObject({ code });
  });

  it("quotes PostgreSQL's reason without its time and number", () => {
    expect(failure("FATAL:  could not map anonymous shared memory: Cannot allocate memory")).toMatchObject({
      message:
        "PostgreSQL didn't start: could not map anonymous shared memory: Cannot allocate memory. Its log is /srv/home/postgres/server.log.",
    });
  });

  it("is tried again when only the moment was wrong", () => {
    expect(failure('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use')).toBe(
      "other-port",
    );
    expect(failure('FATAL:  lock file "postmaster.pid" already exists')).toBe("later");
    expect(failure("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use")).toBe("later");
  });
});
