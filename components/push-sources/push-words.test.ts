import { describe, expect, it } from "vitest";
import { PUSH_KINDS } from "../../lib/push/registry.ts";
import { pushSettings, pushWords, waitsFor } from "./push-words.ts";

describe("the form of each kind", () => {
  it.each(PUSH_KINDS.map((kind) => [kind.kind, kind] as const))(
    "%s asks for what it needs, and for nothing that it does not take",
    (kind, { settings }) => {
      const { fields, steps } = pushWords(kind);
      expect(steps).not.toBe("");
      const values: Record<string, string> = { jwksUrl: "https://a.example", tolerance: " 60 " };
      const all = Object.fromEntries(fields.map(({ key }) => [key, values[key] ?? "a"]));
      expect(settings.safeParse(pushSettings(kind, all)).error).toBeUndefined();
      for (const { key, required } of fields)
        expect(settings.safeParse(pushSettings(kind, { ...all, [key]: " " })).success, key).toBe(!required);
    },
  );
});

it("what a source waits for is the secret that its vendor makes", () => {
  expect(waitsFor({ secret: "given", hasSecret: false })).toBe("its secret");
  expect(waitsFor({ secret: "given", hasSecret: true })).toBe(null);
  expect(waitsFor({ secret: "none", hasSecret: false })).toBe(null);
});
