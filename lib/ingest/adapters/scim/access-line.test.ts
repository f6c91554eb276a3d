import { describe, expect, it } from "vitest";
import { accessLine } from "./access-line.ts";
import { scim } from "./adapter.ts";

const read = (line: string) => accessLine(Buffer.from(line));

describe("a line of an access log", () => {
  it("is read in the common and the combined format", () => {
    const common =
      '203.0.113.7 - okta [02/Mar/2026:10:15:30 +0100] "PATCH /scim/v2/Users/u-1 HTTP/1.1" 200 512';
    const wanted = {
      time: "2026-03-02T09:15:30.000Z",
      method: "PATCH",
      path: "/scim/v2/Users/u-1",
      status: "200",
      caller: "okta",
    };
    expect(read(common)).toEqual(wanted);
    expect(read(`${common} "-" "okta-provisioning/1.0"`)).toEqual(wanted);
    expect(scim.parse(read(common))).toMatchObject([
      { operation: "update", outcome: "success", account: { id: "u-1" }, actor: { name: "okta" } },
    ]);
  });

  it("tells the application by the virtual host before it", () => {
    const line = read(
      'ledger.example:443 203.0.113.7 - - [02/Mar/2026:10:15:30 +0000] "DELETE /scim/v2/Users/u-2 HTTP/2.0" 204 -',
    );
    expect(line).toMatchObject({ host: "ledger.example", status: "204" });
    expect(line).not.toHaveProperty("caller");
    expect(scim.parse(line)).toMatchObject([
      { operation: "delete", application: { name: "ledger.example" } },
    ]);
  });

  it("is no other line", () => {
    for (const line of [
      "",
      "GET /Users 200",
      '{"method":"GET"}',
      '203.0.113.7 - - [02/Mar/2026:10:15:30 +0100] "" 400 0',
      '203.0.113.7 - - [yesterday, at about ten] "GET /Users HTTP/1.1" 200',
    ])
      expect(read(line), line).toBeNull();
  });

  it("without a time that there is has none", () => {
    const line = read('203.0.113.7 - - [31/Feb/2026:10:15:30 +0100] "GET /scim/v2/Users/u-1 HTTP/1.1" 200 5');
    expect(line).not.toHaveProperty("time");
    expect(() => scim.parse(line)).toThrow(/time/u);
  });
});
