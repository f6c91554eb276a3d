import { describe, expect, it } from "vitest";
import { CONNECTORS } from "../../lib/connectors/registry.ts";
import { formOf, settingsOf } from "./connector-words.ts";

describe("the form of each kind", () => {
  it.each(CONNECTORS.map((connector) => [connector.kind, connector] as const))(
    "%s asks for what it needs, and for nothing that it does not take",
    (kind, connector) => {
      const all = Object.fromEntries(
        formOf(kind).fields.map(({ key }) => [key, /url$/iu.test(key) ? "https://a.example" : "a"]),
      );
      expect(connector.settings.safeParse(settingsOf(kind, all)).error).toBeUndefined();
      const needed = Object.fromEntries(
        Object.entries(all).filter(
          ([key]) => formOf(kind).fields.find((field) => field.key === key)?.required,
        ),
      );
      expect(connector.settings.safeParse(settingsOf(kind, needed)).error).toBeUndefined();
      for (const key of Object.keys(needed))
        expect(connector.settings.safeParse(settingsOf(kind, { ...needed, [key]: " " })).success).toBe(false);
    },
  );
});
