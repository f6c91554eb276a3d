"use client";
import { useQuery } from "@tanstack/react-query";
import type { LinksReport } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { Problem } from "../ui/problem.tsx";
/** Who is who? What waits to be decided, and what was decided, each with the way back. */
import { Moment } from "../ui/when.tsx";
import { ConflictRow } from "./conflict-row.tsx";
import { PartyView } from "./party.tsx";
import { LINKS_KEY, useDecide } from "./use-decide.ts";

const VERDICTS = {
  same: "one person",
  different: "two people",
  withdrawn: "withdrawn: the rules say",
} as const;

function Sentence({ conflicts }: { conflicts: number }) {
  if (conflicts === 0) return <>Nobody's identity is in doubt.</>;
  return (
    <>
      {plural(conflicts, "question")} of who is who {conflicts === 1 ? "waits" : "wait"} for an answer; until
      then nobody is merged.
    </>
  );
}

export function LinksPage({ initial }: { initial: LinksReport }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: LINKS_KEY,
    queryFn: ({ signal }) => fetchJson<LinksReport>("/api/v1/links", { signal }),
    initialData: initial,
  });
  const decide = useDecide();
  return (
    <div className="space-y-8">
      <div>
        <Answer title="Who is who">
          <Sentence conflicts={data.conflicts.length} />
        </Answer>
        {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
        {decide.error === null ? null : (
          <Problem
            error={decide.error}
            retry={() => (decide.variables === undefined ? undefined : decide.mutate(decide.variables))}
          />
        )}
        {data.conflicts.length === 0 ? (
          <p className="max-w-[80ch] text-soft">
            Records of one person from several sources become one identity by the source's own id, by an id
            that another source knows, or by user name and e-mail. Where two people share a name, the question
            stands here.
          </p>
        ) : (
          <ul>
            {data.conflicts.map((conflict) => (
              <ConflictRow
                key={`${conflict.a.ref} ${conflict.b.ref} ${conflict.value}`}
                conflict={conflict}
                busy={decide.isPending}
                onDecide={decide.mutate}
              />
            ))}
          </ul>
        )}
      </div>
      {data.decisions.length === 0 ? null : (
        <section>
          <h2 className="mb-2">Decided, newest first</h2>
          <ul>
            {data.decisions.map((made) => (
              <li key={`${made.at} ${made.a.ref} ${made.b.ref}`} className="border-b border-line py-3">
                <p className="mb-1">
                  <span className={made.holds ? "font-medium" : "text-soft line-through"}>
                    {VERDICTS[made.verdict]}
                  </span>
                  <span className="text-soft">
                    {" "}
                    by {made.by}, <Moment at={made.at} />: {made.reason}
                  </span>
                </p>
                <div className="grid gap-4 sm:grid-cols-2">
                  <PartyView party={made.a} />
                  <PartyView party={made.b} />
                </div>
                {made.holds && made.verdict !== "withdrawn" ? (
                  <button
                    type="button"
                    className="button mt-2"
                    disabled={decide.isPending}
                    onClick={() =>
                      decide.mutate({
                        a: made.a.ref,
                        b: made.b.ref,
                        verdict: "withdrawn",
                        reason: "Taken back on the page",
                      })
                    }
                  >
                    Take it back
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
