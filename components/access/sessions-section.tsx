"use client";
/** Browsers that are signed in, each with the button that ends it. */
import type { OpenSession } from "../../db/queries/sessions.ts";
import { sendJson } from "../data/api.ts";
import { plural } from "../format/number.ts";
import { Refusal } from "../ui/field.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { leave, useAct } from "./access-query.ts";
import { agentWords } from "./agent-words.ts";

interface Props {
  sessions: readonly OpenSession[];
  /** The session of this browser. */
  own: string | null;
  now: number;
}

export function SessionsSection({ sessions, own, now }: Props) {
  const asOf = new Date(now).toISOString();
  const end = useAct(async (session: string) => {
    await sendJson(`/api/v1/sessions/${session}`, "DELETE");
    if (session === own) leave();
  });
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" className="mb-2">
        {plural(sessions.length, "open session")}
      </h2>
      <Refusal>{end.error?.message}</Refusal>
      <TableFrame
        className="relative overflow-x-auto"
        heads={["Who", "From where", "Browser", "Since", "Last seen", "Ends at the latest", unseen("End it")]}
      >
        {sessions.map((session) => (
          <tr key={session.session}>
            <th scope="row" className="min-w-40 [overflow-wrap:anywhere]">
              {session.name}
              {session.session === own ? <span className="text-soft"> (this browser)</span> : null}
            </th>
            <td className="[overflow-wrap:anywhere]">
              {session.address ?? <span className="text-soft">–</span>}
            </td>
            <td className="min-w-40 [overflow-wrap:anywhere]" title={session.agent ?? undefined}>
              {agentWords(session.agent)}
            </td>
            <td>
              <Ago at={session.createdAt} asOf={asOf} />
            </td>
            <td>
              <Ago at={session.lastSeenAt} asOf={asOf} />
            </td>
            <td>
              <Moment at={session.expiresAt} />
            </td>
            <td>
              <button
                type="button"
                className="link"
                aria-label={`End the session of ${session.name}`}
                disabled={end.isPending}
                onClick={() => end.mutate(session.session)}
              >
                End
              </button>
            </td>
          </tr>
        ))}
      </TableFrame>
    </section>
  );
}
