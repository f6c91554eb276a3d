/** A check: what it asks, and a judge of what came. The judge is pure: the same answers give the same ruling. */
import type { Capability } from "../lifecycle/types.ts";
import { shown } from "../net/shown.ts";
import type { Finding, Level, Requirement, Severity, Theme, Verdict } from "./finding.ts";
import type { Run } from "./run.ts";

export interface Ruling {
  verdict: Verdict;
  said: string | null;
}

export const passed: Ruling = { verdict: "passed", said: null };

/** All was well, and something is worth saying. */
export const passedWith = (said: string): Ruling => ({ verdict: "passed", said });

export const warned = (said: string): Ruling => ({ verdict: "warning", said });

export const notApplicable = (said: string): Ruling => ({ verdict: "not-applicable", said });

export interface CheckAbout {
  /** `theme.name`; it stays, so that reports can be compared. */
  id: `${Theme}.${string}`;
  /** What holds where it has passed. */
  title: string;
  requirement: Requirement;
  severity: Severity;
  level: Level;
  /** What to change where it has not passed. */
  mend: string;
  capability?: Capability;
}

export interface Check extends CheckAbout {
  /** @throws {NotTried} {@link Stopped} */
  perform: (run: Run) => Promise<Ruling>;
}

/** What broke the requirement, null where nothing did: a failure of a MUST, a warning of anything less. */
function ruled({ level }: Requirement, said: string | null): Ruling {
  if (said === null) return passed;
  return { verdict: level === "MUST" ? "failed" : "warning", said };
}

/**
 * Makes a check.
 * @param ask puts the questions, in order.
 * @param judge says what is wrong with the answers: null for nothing, or a whole ruling where the requirement's level is not what counts.
 */
export const check = <A>(
  about: CheckAbout & { ask: (run: Run) => Promise<A>; judge: (answers: A) => string | null | Ruling },
): Check => {
  const { ask, judge, ...rest } = about;
  return {
    ...rest,
    async perform(run) {
      const found = judge(await ask(run));
      return found === null || typeof found === "string" ? ruled(rest.requirement, found) : found;
    },
  };
};

const themeOf = (id: CheckAbout["id"]): Theme => id.split(".", 1)[0] as Theme;

const MOST_CHARACTERS = 1_000;

/** A finding of a check that was or was not tried. */
export const findingOf = (
  { id, title, requirement, severity, mend, capability }: CheckAbout,
  { verdict, said }: Ruling,
  exchanges: Finding["exchanges"],
): Finding => {
  const isWrong = verdict === "failed" || verdict === "warning";
  return {
    id,
    theme: themeOf(id),
    title,
    requirement,
    severity,
    verdict,
    // It may quote the service: names of attributes, of schemas, of types.
    said: said === null ? null : shown(said, MOST_CHARACTERS),
    mend: isWrong ? mend : null,
    // What was well needs no proof, and makes the report long.
    exchanges: isWrong
      ? exchanges
      : exchanges.map((one) => ({ ...one, body: null, ifMatch: null, headers: {}, answer: null })),
    capability: capability ?? null,
  };
};

export const must = (document: Requirement["document"], section: string): Requirement => ({
  document,
  section,
  level: "MUST",
});
export const should = (document: Requirement["document"], section: string): Requirement => ({
  document,
  section,
  level: "SHOULD",
});
export const may = (document: Requirement["document"], section: string, practice?: string): Requirement => ({
  document,
  section,
  level: "MAY",
  ...(practice === undefined ? {} : { practice }),
});
