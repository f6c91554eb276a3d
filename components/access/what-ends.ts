/** What ends when somebody is deactivated, in sentences. */
import { plural } from "../format/number.ts";

/** @param sessions their open ones. @param tokens theirs that could be used. */
export function whatEnds(sessions: number, tokens: number): string {
  const browsers =
    sessions === 0
      ? "No session of theirs is open."
      : `${plural(sessions, "open session")} of theirs ${sessions === 1 ? "ends" : "end"} at once.`;
  const programs =
    tokens === 0
      ? ""
      : ` ${plural(tokens, "API token")} of theirs ${tokens === 1 ? "stops" : "stop"} working, until they may come in again.`;
  return `They can't sign in any more. ${browsers}${programs} What they did stays in the audit log.`;
}
