/** The kinds of push that Rollcall takes. A new one is added here and nowhere else. */
import type { PushKind } from "./kind.ts";
import { oktaHook } from "./kinds/okta-hook.ts";
import { setPush } from "./kinds/set-push.ts";
import { workosWebhook } from "./kinds/workos-webhook.ts";
import { PushProblem } from "./problem.ts";

export const PUSH_KINDS: readonly PushKind[] = [oktaHook, workosWebhook, setPush];

/** @throws {PushProblem} for a kind that there is none of. */
export function pushKindOf(kind: string): PushKind {
  const found = PUSH_KINDS.find((one) => one.kind === kind);
  if (found !== undefined) return found;
  const known = PUSH_KINDS.map((one) => one.kind).join(", ");
  throw new PushProblem("unknown-kind", `There is no push of the kind "${kind}". There are: ${known}.`);
}

/** What a kind reads of settings as people give them. @throws {PushProblem} when they are not its own. */
export function pushSettingsOf({ settings, label }: PushKind, given: unknown): Record<string, unknown> {
  const read = settings.safeParse(given);
  if (read.success) return read.data as Record<string, unknown>;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` (${issue.path.join(".")})`;
  throw new PushProblem("bad-settings", `The settings${where} are not those of ${label}: ${issue?.message}.`);
}
