/** Records of trials, for tests. */
import type { Trial, TrialStep } from "../../../trials/record.ts";

const AT = "2026-03-02T10:00:00.000Z";

export const step = (name: string, differs: Partial<TrialStep> = {}): TrialStep => ({
  name,
  capability: null,
  verdict: "passed",
  at: AT,
  latencyMs: 120,
  requirement: null,
  said: `${name} went well.`,
  ...differs,
});

/** A drill at Team Chat that went well, groups left out. */
export const trial = (differs: Partial<Trial> = {}): Trial => ({
  $trial: 1,
  id: "6b0f7a0e-6f43-4d0e-9a3b-0f7a0e6f434d",
  kind: "drill",
  application: "Team Chat",
  startedAt: "2026-03-02T09:59:00.000Z",
  endedAt: "2026-03-02T10:00:30.000Z",
  by: "Ada Example",
  identity: "rollcall-drill-0123abcd@example.invalid",
  steps: [
    step("create", { capability: "joiner" }),
    step("change", { capability: "mover", requirement: "RFC 7644 §3.5.2" }),
    step("put into a group", {
      capability: "roles",
      verdict: "skipped",
      latencyMs: null,
      said: "No group was named.",
    }),
    step("deactivate", { capability: "leaver" }),
    step("delete", { capability: "leaver", at: "2026-03-02T10:00:20.000Z" }),
  ],
  ...differs,
});
