/** One of two about whom there is a question: name, source and whether still there. */
import Link from "next/link";
import type { Party } from "../../lib/reports/contract.ts";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";

export function PartyView({ party }: { party: Party }) {
  return (
    <div className="min-w-0">
      <Link href={`/identities/${encodeURIComponent(party.subject)}`} className="text-accent">
        {party.displayName ?? party.userName}
      </Link>{" "}
      <span className="text-sm text-soft [overflow-wrap:anywhere]">{party.userName}</span>
      <p className="text-sm text-soft [overflow-wrap:anywhere]">{party.ref}</p>
      <p className="text-sm">
        {party.active ? (
          <State tone="good" word="Present" />
        ) : (
          <>
            <State tone="none" word="Left" /> {party.leftAt === null ? null : <Moment at={party.leftAt} />}
          </>
        )}
      </p>
    </div>
  );
}
