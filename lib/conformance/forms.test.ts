import { describe, expect, it } from "vitest";
import { openPdf } from "../evidence/testing/pdf-pages.ts";
import type { ConformanceReport } from "./finding.ts";
import { formed } from "./forms.ts";
import { curlOf } from "./reproduce.ts";
import { EXAMPLE } from "./testing/example.ts";

const HOSTILE = `<script>alert(1)</script> "quoted" 'single' & <img src=x onerror=alert(2)> \u202Eevil`;

const hostile: ConformanceReport = {
  ...EXAMPLE,
  application: HOSTILE,
  findings: EXAMPLE.findings.map((finding) => ({
    ...finding,
    said: HOSTILE,
    exchanges: finding.exchanges.map((one) => ({
      ...one,
      path: `/Users?filter=${HOSTILE}`,
      headers: { "www-authenticate": HOSTILE },
      answer: HOSTILE,
    })),
  })),
  leftOver: [{ type: "User", id: HOSTILE, why: HOSTILE }],
};

describe("a report's forms", () => {
  it("are named for the application and the day", async () => {
    const { name, type, bytes } = await formed(EXAMPLE, "json");
    expect(name).toBe("scim-conformance-team-chat-2026-03-02.json");
    expect(type).toBe("application/json");
    expect(JSON.parse(bytes.toString())).toEqual(EXAMPLE);
    expect((await formed(hostile, "html")).name).toBe(
      "scim-conformance-script-alert-1-script-quoted-single-img-src-x-onerror-alert-2026-03-02.html",
    );
  });

  it("as HTML say what to change and how to ask again, and load nothing", async () => {
    const text = (await formed(EXAMPLE, "html")).bytes.toString();
    for (const said of [
      "SCIM conformance of Team Chat",
      "1 of 3 checks failed, 1 gave a warning, 1 passed.",
      "RFC 7644 §3.5.2.3, MUST",
      "Without a path, replace each attribute that the value has.",
      "curl -i -g -X PATCH &#39;https://chat.example/scim/v2/Users/7f3c&#39;",
      "Authorization: Bearer $TOKEN",
      "HTTP 200",
      "Left at the application",
    ])
      expect(text).toContain(said);
    expect(text).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/u);
    expect(text.indexOf("patch.no-path")).toBeLessThan(text.indexOf("filters.user-name"));
  });

  it("as HTML hold what the application said as text alone", async () => {
    const text = (await formed(hostile, "html")).bytes.toString();
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(text).not.toMatch(/<script|<img|\u202e/u);
  });

  it("as PDF say the same, in equal bytes for an equal report", async () => {
    const { bytes } = await formed(EXAMPLE, "pdf");
    expect(bytes.equals((await formed(EXAMPLE, "pdf")).bytes)).toBe(true);
    const text = (await openPdf(bytes)).pages.join(" ");
    for (const said of [
      "SCIM conformance of Team Chat",
      "1 of 3 checks failed, 1 gave a warning, 1 passed.",
      "patch.no-path",
      "RFC 7644 §3.5.2.3, MUST",
      "Left at the application",
    ])
      expect(text).toContain(said);
    expect((await formed(hostile, "pdf")).bytes.length).toBeGreaterThan(1_000);
  });

  it("put a question again in a shell, whatever stands in it", () => {
    const question = {
      method: "PATCH",
      path: "/Users/o'neill",
      body: `{"a":"'; rm -rf ~; '"}`,
      ifMatch: 'W/"1"',
    };
    expect(curlOf("https://chat.example/scim/v2", question)).toBe(
      [
        String.raw`curl -i -g -X PATCH 'https://chat.example/scim/v2/Users/o'\''neill'`,
        '  -H "Authorization: Bearer $TOKEN"',
        `  -H 'If-Match: W/"1"'`,
        "  -H 'Content-Type: application/scim+json'",
        String.raw`  -d '{"a":"'\''; rm -rf ~; '\''"}'`,
      ].join(" \\\n"),
    );
  });
});
