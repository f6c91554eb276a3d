/** JSON of one person's leaving: what happened at each application from the trigger to the end. */
import type { LeaverTrigger } from "../../lifecycle/types.ts";
import type { IsoTime } from "./base.ts";
import type { OffboardingRow } from "./offboarding.ts";

export interface LeavingMark {
  /** `end`: the first proof that access ended; `failure`: an attempt to end it that failed; `access`: used after leaving. */
  kind: "end" | "failure" | "access";
  at: IsoTime;
  eventId: string;
  /** The event in a few words. */
  summary: string;
  /** The provider's words of a failure. */
  message: string | null;
}

export interface LeavingLane {
  application: string;
  /** Null where the person was seen without an account that had to end. */
  step: OffboardingRow | null;
  /** In order of time. */
  marks: LeavingMark[];
}

/** One departure. */
export interface Leaving {
  leftAt: IsoTime;
  trigger: LeaverTrigger;
  source: string;
  /** The event that began it; null where the log has none of exactly that moment. */
  eventId: string | null;
  rehiredAt: IsoTime | null;
  /** Up to when it was watched: the rehire, or the moment of the report. */
  until: IsoTime;
  /** Access after leaving first, then what is not ended, then by name. */
  lanes: LeavingLane[];
}
