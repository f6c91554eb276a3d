import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fitted } from "./strangers.ts";

describe("what a stranger sent", () => {
  const schema = z.object({ name: z.string().max(5) });

  it("fits, or does not, with the reason where there is one", () => {
    expect(fitted(schema, { name: "Ada" })).toEqual({ success: true, data: { name: "Ada" } });
    expect(fitted(schema, { name: "Ada Lovelace" }).error?.issues[0]?.path).toEqual(["name"]);
  });

  it("does not fit when its length is a list that can't be written as text", () => {
    const hostile = JSON.parse('{"name": {"length": [{"toString": 1, "valueOf": 1}]}}');
    expect(() => schema.safeParse(hostile)).toThrow(TypeError);
    expect(fitted(schema, hostile)).toEqual({ success: false, error: null });
  });
});
