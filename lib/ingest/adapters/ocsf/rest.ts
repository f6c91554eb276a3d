/** What of an event OCSF has no field for, as Rollcall's own export puts it under `unmapped.rollcall`. */
import { z } from "zod";
import { ERROR_CLASSES, LAYERS, type NormalEvent, OPERATIONS, OUTCOMES } from "../../event.ts";
import { fitted } from "../../strangers.ts";

const text = z.string().nullable();
const texts = z.record(z.string(), z.string()).nullable();
const instant = z.int();
const part = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape).nullable();

const REST = z
  .strictObject({
    nativeId: text,
    nativeType: z.string(),
    at: instant,
    effectiveAt: instant.nullable(),
    layer: z.enum(LAYERS),
    operation: z.enum(OPERATIONS),
    outcome: z.enum(OUTCOMES),
    object: z.enum(["user", "group", "credential", "application"]).nullable(),
    detail: z
      .enum(["suspend", "schedule", "termination", "quarantine", "assignment", "by-hand", "state", "trial"])
      .nullable(),
    active: z.boolean().nullable(),
    person: part({ id: text, externalId: text, userName: text, email: text, displayName: text }),
    application: part({ id: text, name: z.string() }),
    account: part({ id: text, userName: text, displayName: text }),
    entitlement: part({
      kind: z.enum(["group", "role", "licence", "assignment"]),
      id: text,
      name: z.string(),
    }),
    credential: part({ id: z.string(), name: z.string() }),
    actor: part({ id: text, type: text, name: text }),
    error: part({
      class: z.enum(ERROR_CLASSES),
      code: text,
      httpStatus: instant.nullable(),
      scimType: text,
      message: text,
      advice: text,
    }),
    attributes: texts,
    attributesBefore: texts,
    correlationId: text,
  } satisfies { [F in keyof NormalEvent]: z.ZodType<NormalEvent[F]> })
  .partial();

export type Rest = Partial<NormalEvent>;

/** @returns the fields that are given; null for what no export of ours has written. */
export function restOf(value: unknown): Rest | null {
  const read = fitted(REST, value);
  if (!read.success) return null;
  return Object.fromEntries(Object.entries(read.data).filter(([, member]) => member !== undefined));
}
