/**
 * A sample of leavers that anybody can draw again: everybody who left in the period, in the order of the SHA-256 of the seed
 * followed by their id; the first are the sample.
 */
import { createHash } from "node:crypto";
import type { Leaving } from "../reports/contract.ts";

/** Somebody in the order of the draw. */
export interface Drawn {
  /** Key of the identity, as in the reports. */
  subject: string;
  sha256: string;
}

export interface SampledLeaver extends Drawn {
  /** 1 for the first of the draw. */
  place: number;
  userName: string | null;
  displayName: string | null;
  /** Each departure in the period, with a lane for each application. */
  leavings: Leaving[];
}

export interface OffboardingSample {
  seed: string;
  asOf: string;
  period: { from: string | null; to: string };
  /** Everybody who left in the period, in the order of the draw. */
  population: Drawn[];
  leavers: SampledLeaver[];
}

/** Everybody once, in the order that the seed gives. */
export function drawOrder(seed: string, subjects: Iterable<string>): Drawn[] {
  return [...new Set(subjects)]
    .map((subject) => ({
      subject,
      sha256: createHash("sha256")
        .update(seed + subject)
        .digest("hex"),
    }))
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

const HOW =
  "The population is everybody who left in the period. For each, the SHA-256 of the seed immediately followed by the id (UTF-8) " +
  "is taken; the population is ordered by it, and the first of that order are the sample. To check one: printf '%s%s' SEED ID | " +
  "sha256sum. Whoever relies on the sample should choose the seed.";

/** The pieces of `sample.json`, a leaver on a line of its own. */
export function* sampleJson({
  seed,
  asOf,
  period,
  population,
  leavers,
}: OffboardingSample): Generator<string> {
  yield `{\n"how": ${JSON.stringify(HOW)},\n"seed": ${JSON.stringify(seed)},\n"asOf": ${JSON.stringify(asOf)},\n`;
  yield `"period": ${JSON.stringify(period)},\n`;
  for (const [name, list] of [
    ["population", population],
    ["leavers", leavers],
  ] as const) {
    yield `${JSON.stringify(name)}: [`;
    for (const [i, one] of list.entries()) yield `${i === 0 ? "\n" : ",\n"}${JSON.stringify(one)}`;
    yield name === "leavers" ? "\n]\n}\n" : "\n],\n";
  }
}

/** The columns of `sample.csv`: a line for each leaver and application. */
export const SAMPLE_COLUMNS = [
  "place",
  "sha256",
  "subject",
  "userName",
  "displayName",
  "leftAt",
  "trigger",
  "startEventId",
  "application",
  "account",
  "status",
  "endedAt",
  "endEventId",
  "latencySeconds",
  "openForSeconds",
  "breached",
  "lastUseAfterLeavingAt",
  "lastUseEventId",
] as const;

type SampleLine = Record<(typeof SAMPLE_COLUMNS)[number], string | number | boolean | null>;

/** The lines of `sample.csv`; a leaver without any account has one line, with no application. */
export function sampleLines({ leavers }: OffboardingSample): SampleLine[] {
  return leavers.flatMap(({ leavings, place, sha256, subject, userName, displayName }) =>
    leavings.flatMap(({ leftAt, trigger, eventId, lanes }): SampleLine[] => {
      const leaver = {
        place,
        sha256,
        subject,
        userName,
        displayName,
        leftAt,
        trigger,
        startEventId: eventId,
      };
      const none = {
        application: null,
        account: null,
        status: null,
        endedAt: null,
        endEventId: null,
        latencySeconds: null,
        openForSeconds: null,
        breached: null,
        lastUseAfterLeavingAt: null,
        lastUseEventId: null,
      };
      if (lanes.length === 0) return [{ ...leaver, ...none }];
      return lanes.map(({ application, step, marks }) => {
        const lastUse = marks.findLast(({ kind }) => kind === "access");
        return {
          ...leaver,
          application,
          account: step?.account ?? null,
          status: step?.status ?? "used without an account",
          endedAt: step?.endedAt ?? null,
          endEventId: marks.find(({ kind }) => kind === "end")?.eventId ?? null,
          latencySeconds: step?.latency ?? null,
          openForSeconds: step?.openFor ?? null,
          breached: step?.breached ?? null,
          lastUseAfterLeavingAt: lastUse?.at ?? null,
          lastUseEventId: lastUse?.eventId ?? null,
        };
      });
    }),
  );
}
