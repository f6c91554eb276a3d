/** One question for all who ask the same at once: a page tells several reports, and each asks how things stand. */
import type { Db } from "../client.ts";

type Ask<T> = (sql: Db["sql"], workspace: string) => Promise<T>;

/**
 * Asks once for all who ask in the same turn of the event loop. Between their questions nothing can have come that one of them knew
 * of, so that nobody is told what was before something of their own.
 * @param ask a question whose answer nobody changes.
 */
export function onceATurn<T>(ask: Ask<T>): Ask<T> {
  const asked = new WeakMap<Db["sql"], Map<string, Promise<T>>>();
  return (sql, workspace) => {
    const own = asked.get(sql) ?? new Map<string, Promise<T>>();
    asked.set(sql, own);
    const known = own.get(workspace);
    if (known !== undefined) return known;
    const answer = ask(sql, workspace);
    own.set(workspace, answer);
    // After all that is done in this turn, and before anything else comes in.
    process.nextTick(() => own.delete(workspace));
    return answer;
  };
}
