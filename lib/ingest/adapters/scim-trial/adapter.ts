/** Trials of applications' SCIM services: drills, followed people, conformance checks. docs/formats/scim-trial.md. */
import type { Capability } from "../../../lifecycle/types.ts";
import { TRIAL, type Trial, type TrialStep, verdictOf } from "../../../trials/record.ts";
import type { Instant, NormalEvent, Operation } from "../../event.ts";
import { fitted } from "../../strangers.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf } from "../normal.ts";
import { instantOf, member, objectOf, requiredObject } from "../read.ts";

/** The operation by which the coverage map knows the capability. */
const OPERATIONS: Readonly<Record<Capability, Operation>> = {
  joiner: "create",
  mover: "update",
  roles: "role-grant",
  leaver: "deactivate",
};

/** The schema has seen to it that it is one. */
const at = (time: string): Instant => instantOf(time) ?? 0;

/** How it went, for the event; null for what was only skipped. */
function wayOf(steps: readonly TrialStep[]): Pick<NormalEvent, "outcome" | "error"> | null {
  const verdict = verdictOf(steps);
  if (verdict === "skipped") return null;
  if (verdict === "passed") return { outcome: "success", error: null };
  const failed = steps.find((step) => step.verdict === "failed");
  return { outcome: "failure", error: errorOf({ message: failed?.said ?? null }) };
}

/** What the events of one trial have in common. */
const commonOf = ({ id, kind, application, by }: Trial) =>
  ({
    nativeId: id,
    layer: "application",
    object: "application",
    detail: "trial",
    application: { id: null, name: application },
    actor: by === null ? null : { id: null, type: null, name: by },
    attributes: { trial: id, kind },
    correlationId: id,
  }) as const;

function capabilityEvent(trial: Trial, capability: Capability): NormalEvent[] {
  const steps = trial.steps.filter((step) => step.capability === capability);
  const way = wayOf(steps);
  if (way === null) return [];
  return [
    eventOf({
      ...commonOf(trial),
      ...way,
      nativeType: `trial.${trial.kind}.${capability}`,
      at: Math.max(...steps.map((step) => at(step.at))),
      operation: OPERATIONS[capability],
    }),
  ];
}

export const scimTrial: Adapter = {
  format: "scim-trial",
  label: "Trials of applications' SCIM services",

  detect(value) {
    return member(objectOf(value), "$trial") === 1;
  },

  parse(value) {
    const read = fitted(TRIAL, requiredObject(value));
    if (!read.success) {
      const issue = read.error?.issues[0];
      const where = issue?.path.join(".") || "record";
      const why = issue?.message ?? "it can't be read";
      throw new RecordError(`The field "${where}" of a trial is not what it takes: ${why}.`);
    }
    const trial = read.data;
    const common = commonOf(trial);
    const whole = eventOf({
      ...common,
      ...(wayOf(trial.steps) ?? { outcome: "skipped" }),
      nativeType: `trial.${trial.kind}`,
      at: at(trial.endedAt),
      operation: "other",
      attributes: { ...common.attributes, record: JSON.stringify(trial) },
    });
    const capabilities = Object.keys(OPERATIONS) as Capability[];
    return [whole, ...capabilities.flatMap((capability) => capabilityEvent(trial, capability))];
  },
};
