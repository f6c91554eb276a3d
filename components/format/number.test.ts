import { describe, expect, it } from "vitest";
import { bytes, count, percent, plural } from "./number.ts";

describe("numbers", () => {
  it("set thousands apart and agree with their noun", () => {
    expect(count(12408)).toBe("12,408");
    expect(plural(1, "identity", "identities")).toBe("1 identity");
    expect(plural(0, "account")).toBe("0 accounts");
  });

  it("never round a share to all or nothing", () => {
    expect(percent(1, 8)).toBe("12.5 %");
    expect(percent(9999, 10000)).toBe("over 99.9 %");
    expect(percent(1, 10000)).toBe("under 0.1 %");
    expect(percent(8, 8)).toBe("100 %");
    expect(percent(0, 8)).toBe("0 %");
    expect(percent(0, 0)).toBe("–");
  });

  it("tell sizes in the unit that suits", () => {
    expect(bytes(840)).toBe("840 B");
    expect(bytes(12_400_000)).toBe("12.4 MB");
    expect(bytes(1000)).toBe("1 kB");
  });
});
