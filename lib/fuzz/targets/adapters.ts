/** Each adapter, given its own records damaged, those of others, and any JSON at all. */
import { type Adapter, RecordError } from "../../ingest/adapters/adapter.ts";
import { RECORDS } from "../../ingest/adapters/fixtures.ts";
import { ADAPTERS } from "../../ingest/adapters/registry.ts";
import type { NormalEvent } from "../../ingest/event.ts";
import { FactFilter } from "../../ingest/fact-filter.ts";
import { readFrame } from "../../ingest/record.ts";
import type { Random } from "../../sample/random.ts";
import { anyValue, mutatedValue } from "../mutate.ts";
import { faultOf } from "../normal-form.ts";
import { must, mustInheritNothing, type Target } from "../target.ts";

const all = RECORDS.map(([, record]) => record);

function valueFor(own: readonly unknown[], random: Random): unknown {
  if (random.chance(0.05)) return anyValue(random, 5);
  const base = random.pick(random.chance(0.95) ? own : all);
  return mutatedValue(base, random, random.chance(0.5) ? random.pick(own) : random.pick(all));
}

/** The events; null for a record that is refused with a sentence. */
function parsed(adapter: Adapter, value: unknown): NormalEvent[] | null {
  try {
    return adapter.parse(value);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    must(/^[A-Z].*\.$/su.test(error.message), `The reason is no sentence: ${error.message}`);
    return null;
  }
}

/** Whether a text within can't be stored by PostgreSQL: NUL, or half of a surrogate pair. */
function holdsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || /\p{Surrogate}/u.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnstorable);
}

function check(adapter: Adapter, value: unknown): void {
  const before = JSON.stringify(value);
  must(typeof adapter.detect(value) === "boolean", "detect gave neither true nor false.");
  const events = parsed(adapter, value);
  if (events !== null) {
    const fault = faultOf(events);
    must(fault === null, fault ?? "");
    const again = parsed(adapter, value);
    must(JSON.stringify(again) === JSON.stringify(events), "The same record gave other events.");
  }
  must(JSON.stringify(value) === before, "The record was changed.");
  mustInheritNothing();
  const bytes = Buffer.from(before);
  const frame = { kind: "record" as const, bytes, value, position: { record: 1, offset: 0, line: 1 } };
  const read = readFrame(frame, { source: null, adapter }, new FactFilter());
  if ("rejected" in read) must(/\.$/u.test(read.rejected.reason), "A record was refused without a reason.");
  else {
    const stored: unknown = JSON.parse(read.record.encoded);
    must(!holdsUnstorable(stored), "The normal form holds a text that PostgreSQL can't store.");
  }
}

/** A target for each adapter, named as its format. */
export const adapterTargets: readonly Target[] = ADAPTERS.map((adapter) => {
  const own = RECORDS.filter(([format]) => format === adapter.format).map(([, record]) => record);
  return {
    name: adapter.format,
    next(random) {
      const input = valueFor(own, random);
      return { input, run: () => check(adapter, input) };
    },
  };
});
