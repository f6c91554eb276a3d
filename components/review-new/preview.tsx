"use client";
/** What comes of the draft, before anybody is asked: how many items, and who gets them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ReviewPreview } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { count, plural } from "../format/number.ts";
import { items } from "../reviews/words.ts";
import { State } from "../ui/state-mark.tsx";
import { inputOf, problems, type ReviewDraft } from "./draft.ts";

/** Between two keys of somebody who types. */
const PAUSE_MS = 400;

/** The value once it has not changed for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Most reviewers that are named; the others are counted. */
const NAMED = 12;

function Figures({ preview }: { preview: ReviewPreview }) {
  const { rows, flagged, reviewers, fallback, own } = preview;
  if (rows === 0)
    return (
      <p>Nothing fits: take a choice away, or choose another day. A review of nothing can't be opened.</p>
    );
  // Two members may have the same name.
  const named = reviewers.slice(0, NAMED).map((one, i) => ({ ...one, key: `${i} ${one.name}` }));
  const most = Math.max(...reviewers.map((one) => one.items), 1);
  return (
    <div className="space-y-3">
      <p className="text-answer leading-7">
        {items(rows)}, {count(flagged)} with a flag.
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Reviewer</th>
            <th scope="col" className="number">
              Items
            </th>
            <th scope="col">
              <span className="sr-only">Share</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {named.map((one) => (
            <tr key={one.key}>
              <th scope="row" className="[overflow-wrap:anywhere]">
                {one.name}
              </th>
              <td className="number">{count(one.items)}</td>
              <td className="w-24">
                <progress className="progress" aria-hidden="true" value={one.items} max={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {reviewers.length > NAMED ? <p>and {plural(reviewers.length - NAMED, "other")}.</p> : null}
      <ul className="space-y-1 text-sm">
        {fallback === 0 ? null : (
          <li>
            <State tone="risk" word={items(fallback)} /> {fallback === 1 ? "goes" : "go"} to the fallback,
            since no rule names anybody.
          </li>
        )}
        {own === 0 ? null : (
          <li>
            {items(own)} would be {own === 1 ? "its" : "their"} reviewer's own access, and{" "}
            {own === 1 ? "goes" : "go"} to somebody else.
          </li>
        )}
      </ul>
    </div>
  );
}

export function Preview({ draft, now }: { draft: ReviewDraft; now: number }) {
  const wrong = problems(draft, now).filter(({ field }) => field !== "name");
  const body = useSettled(JSON.stringify(inputOf({ ...draft, name: "Preview" }, now)));
  const { data, error, isFetching } = useQuery({
    queryKey: ["review-preview", body],
    queryFn: () => sendJson<ReviewPreview>("/api/v1/reviews/preview", "POST", JSON.parse(body)),
    enabled: wrong.length === 0,
    placeholderData: keepPreviousData,
  });
  const [first] = wrong;
  return (
    <section aria-label="What comes of it" aria-busy={isFetching} className="lg:sticky lg:top-16">
      <h2 className="mb-2">What comes of it</h2>
      {first === undefined ? null : <p className="text-soft">{first.message}</p>}
      {error === null || first !== undefined ? null : (
        <p role="alert" className="border-l-2 border-bad bg-sunken px-3 py-2">
          {error.message}
        </p>
      )}
      {data === undefined || first !== undefined ? null : (
        <div className={isFetching ? "opacity-60" : ""}>
          <Figures preview={data} />
        </div>
      )}
      {data === undefined && error === null && first === undefined ? (
        <p role="status" className="text-soft">
          Counting …
        </p>
      ) : null}
    </section>
  );
}
