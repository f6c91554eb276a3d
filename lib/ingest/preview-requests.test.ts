import { describe, expect, it } from "vitest";
import { previewRequests } from "./preview-requests.ts";

const line = (differs: object = {}) =>
  JSON.stringify({
    when: "2026-03-02T09:15:30Z",
    verb: "DELETE",
    route: "/scim/v2/Users/u-1",
    code: 204,
    ...differs,
  });

describe("a preview of an HTTP server's log", () => {
  it("says of each line what it would become, or why nothing", async () => {
    const text = [line(), line({ route: "/index.html" }), "GET / 200", line({ when: "soon" })].join("\n");
    const { lines, paths } = await previewRequests(text, {
      time: "when",
      method: "verb",
      path: "route",
      status: "code",
    });
    expect(lines.map(({ events, reason }) => events[0]?.summary ?? reason)).toEqual([
      "Delete at SCIM application",
      "Not a record of the format SCIM request log.",
      expect.stringMatching(/JSON/u),
      expect.stringMatching(/time/u),
    ]);
    expect(lines[0]).toMatchObject({
      text: line(),
      reason: null,
      events: [{ at: "2026-03-02T09:15:30.000Z", about: "u-1" }],
    });
    expect(paths.map(({ path }) => path)).toEqual(["when", "verb", "route", "code"]);
  });

  it("of nothing is nothing, and without a mapping goes by the usual names", async () => {
    expect(await previewRequests("", {})).toEqual({ paths: [], lines: [] });
    const usual = JSON.stringify({
      time: "2026-03-02T09:15:30Z",
      method: "DELETE",
      path: "/Users/u-1",
      status: 204,
    });
    expect((await previewRequests(usual, {})).lines[0]?.events).toMatchObject([
      { summary: "Delete at SCIM application" },
    ]);
  });
});
