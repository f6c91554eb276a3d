/** How the changes of a followed test person fare on their way from the directory to an application. Pure. docs/drills.md. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { capabilityOf, isAttempt } from "../lifecycle/capability.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { Capability } from "../lifecycle/types.ts";
import type { TrialStep } from "../trials/record.ts";

/** What is remembered of a followed person. */
export interface Followed {
  /** Changes before that are none of ours. */
  since: Instant;
  /** Which changes are in the log as trials, each with the verdict that it had. */
  kept: string[];
}

/** How the account is at the application; null: nobody can ask it; unknown: it gave no answer this time. */
export type There = { active: boolean | null; title: string | null } | "none" | "unknown" | null;

export interface FollowedChange {
  /** The directory's event. */
  eventId: string;
  capability: Capability;
  at: Instant;
  verdict: "passed" | "failed" | "pending";
  steps: TrialStep[];
}

export interface Looked {
  application: string;
  since: Instant;
  now: Instant;
  /** After so long a change is overdue. */
  slaMs: number;
  there: There;
}

/** Clocks differ: provisioning may seem to come a little before what it carries. */
const SKEW_MS = 5 * 60_000;

const WORDS: Partial<Record<Capability, { what: string; there: string }>> = {
  joiner: { what: "the joining", there: "the account active" },
  mover: { what: "the change", there: "the account changed" },
  leaver: { what: "the leaving", there: "the account ended" },
};

const hours = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
};

const isChange = ({ layer, outcome, object, detail }: LoggedEvent): boolean =>
  layer === "directory" &&
  outcome === "success" &&
  object !== "group" &&
  detail !== "schedule" &&
  detail !== "assignment";

/** What the directory said of the person, what it comes to at applications being joining, moving or leaving. */
function changesOf(events: readonly LoggedEvent[], since: Instant) {
  return events.flatMap((event) => {
    const capability = isChange(event) && event.at >= since ? capabilityOf(event) : null;
    return capability === null || capability === "roles" ? [] : [{ event, capability }];
  });
}

/** Whether the account is as the change would have it; null: that can't be told. */
function isSo(capability: Capability, there: There, event: LoggedEvent): boolean | null {
  if (there === null || there === "unknown") return null;
  if (capability === "leaver") return there === "none" || there.active === false;
  if (there === "none") return false;
  if (capability === "joiner") return there.active !== false;
  const title = event.attributes?.title;
  return title === undefined ? null : there.title === title;
}

const stepOf = (
  name: string,
  capability: Capability,
  at: Instant,
  [verdict, latencyMs, said]: readonly [TrialStep["verdict"], number | null, string],
): TrialStep => ({
  name,
  capability,
  verdict,
  at: new Date(at).toISOString(),
  latencyMs,
  requirement: null,
  said,
});

/**
 * How each change fares, in order of time. A mover's change that nobody tried to carry is left out: only the provider's mapping
 * knows whether it concerns the application.
 * @param events all of the person, in their order.
 */
export function followedChanges(
  events: readonly LoggedEvent[],
  { application, since, now, slaMs, there }: Looked,
): FollowedChange[] {
  const key = applicationKey(application);
  const here = events.filter(
    (event) =>
      event.application !== null &&
      applicationKey(event.application.name) === key &&
      event.detail !== "trial",
  );
  const changes = changesOf(events, since);
  return changes.flatMap(({ event, capability }, i) => {
    const words = WORDS[capability];
    const next = changes
      .slice(i + 1)
      .find((one) => one.capability === capability || one.capability !== "mover");
    const within = here.filter(
      (one) =>
        capabilityOf(one) === capability &&
        one.at >= event.at - SKEW_MS &&
        (next === undefined || one.at < next.event.at),
    );
    const tries = within.filter(isAttempt);
    if (capability === "mover" && tries.length === 0) return [];
    if (words === undefined) return [];
    const carried = tries.find(({ outcome }) => outcome === "success");
    const failed = tries.findLast(({ outcome }) => outcome === "failure");
    const said = within.find((one) => one.layer === "application" && one.outcome === "success");
    // What the application shows now is of the last change alone.
    const shown = said !== undefined || (next === undefined ? isSo(capability, there, event) : null);
    const overdue = now - event.at > slaMs;
    const latency = (at: Instant) => Math.max(0, at - event.at);
    const provision = carried
      ? ([
          "passed",
          latency(carried.at),
          `Provisioning carried ${words.what} after ${hours(latency(carried.at))}.`,
        ] as const)
      : overdue && shown !== true
        ? ([
            "failed",
            null,
            `Provisioning has not carried ${words.what} within ${hours(slaMs)}${failed?.error?.message ? `: ${failed.error.message.slice(0, 500)}` : ""}.`,
          ] as const)
        : (["skipped", null, `The log has no provisioning of ${words.what} yet.`] as const);
    const seenAt = said?.at ?? now;
    const show =
      shown === true
        ? ([
            "passed",
            latency(seenAt),
            `The application showed ${words.there}, seen after ${hours(latency(seenAt))}.`,
          ] as const)
        : shown === false && overdue
          ? ([
              "failed",
              null,
              `The application has not shown ${words.there} within ${hours(slaMs)}.`,
            ] as const)
          : (["skipped", null, "What the application shows of it is not known."] as const);
    const isTold = shown === true || (shown === null && (there !== "unknown" || overdue));
    const done = carried !== undefined && isTold;
    const verdict = done || (overdue && shown === true) ? "passed" : overdue ? "failed" : "pending";
    const at = Math.max(event.at, carried?.at ?? 0, verdict === "pending" ? 0 : (said?.at ?? now));
    return [
      {
        eventId: event.id,
        capability,
        at: event.at,
        verdict,
        steps: [stepOf("provision", capability, at, provision), stepOf("show", capability, at, show)],
      },
    ];
  });
}
