/** Who is still to leave, as a source said ahead: counted nowhere yet. */
import Link from "next/link";
import type { ScheduledLeaver } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { Moment } from "../ui/when.tsx";

export function Scheduled({ leavers }: { leavers: readonly ScheduledLeaver[] }) {
  if (leavers.length === 0) return null;
  return (
    <section className="mb-6">
      <h2 className="mb-2">{plural(leavers.length, "person is", "people are")} still to leave</h2>
      <ul>
        {leavers.map(({ identity, subject, leftAt, source }) => (
          <li key={`${subject} ${leftAt}`} className="border-b border-line py-1">
            <Link href={`/identities/${encodeURIComponent(subject)}`} className="text-accent">
              {identity.displayName ?? identity.userName}
            </Link>{" "}
            on <Moment at={leftAt} />, says {source}
          </li>
        ))}
      </ul>
    </section>
  );
}
