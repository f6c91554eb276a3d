/** A subject's API keys and tokens: made, used, taken back. */
import type { LoggedEvent } from "../ingest/event.ts";
import { isUse } from "./accounts.ts";
import { groupBy } from "./group-by.ts";
import type { CredentialFacts, SubjectId } from "./types.ts";

/** @param events the subject's events in order. */
export function credentialsOf(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  identityKnown: boolean,
): CredentialFacts[] {
  const byId = groupBy(
    events.filter((event) => event.credential !== null),
    (event) => `${event.sourceId}\u0000${event.credential?.id}`,
  );
  return [...byId.values()].map((own) => {
    const first = own[0] as LoggedEvent;
    const id = first.credential?.id ?? "";
    const named = own.findLast((event) => event.credential !== null && event.credential.name !== id);
    const application =
      own.findLast((event) => event.application !== null)?.application?.name ?? first.sourceId;
    return {
      subject,
      id,
      name: named?.credential?.name ?? id,
      application,
      owned: identityKnown,
      createdAt: own.find((event) => event.operation === "credential-create")?.at ?? null,
      firstSeen: first.at,
      revokedAt:
        own.findLast((event) => event.operation === "credential-revoke" && event.outcome === "success")?.at ??
        null,
      lastUsedAt: own.findLast(isUse)?.at ?? null,
    };
  });
}
