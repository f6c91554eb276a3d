"use client";
/** Reminding, ending and closing, with what stands in the way. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewReport } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { plural } from "../format/number.ts";
import { itemsPath, REVIEWS_KEY, reviewKey, reviewPath } from "../reviews/review-query.ts";
import { rowsKey } from "../table/use-rows.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Refusal } from "../ui/field.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { inTheWay, leftOpen } from "./words.ts";

function useChange(review: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (state: "ended" | "closed") => sendJson(`${reviewPath(review)}/state`, "POST", { state }),
    onSuccess: () => {
      for (const queryKey of [reviewKey(review), REVIEWS_KEY, rowsKey(itemsPath(review))])
        void client.invalidateQueries({ queryKey });
      onDone();
    },
  });
}

function Remind({ review }: { review: string }) {
  const client = useQueryClient();
  const remind = useMutation({
    mutationFn: () => sendJson<{ sent: number }>(`${reviewPath(review)}/reminders`, "POST", {}),
    onSuccess: () => client.invalidateQueries({ queryKey: reviewKey(review) }),
  });
  return (
    <>
      <button type="button" className="button" disabled={remind.isPending} onClick={() => remind.mutate()}>
        Remind the reviewers
      </button>
      {remind.data === undefined ? null : (
        <span role="status" className="text-sm text-soft">
          {remind.data.sent === 0
            ? "Nobody was to be reminded."
            : `${plural(remind.data.sent, "reminder")} sent.`}
        </span>
      )}
      <Refusal>{remind.error?.message}</Refusal>
    </>
  );
}

export function Finish({ report }: { report: ReviewReport }) {
  const { review, state, name } = report;
  const [asks, setAsks] = useState<"ended" | "closed" | null>(null);
  const change = useChange(review, () => setAsks(null));
  const ask = (next: "ended" | "closed") => {
    change.reset();
    setAsks(next);
  };
  const way = inTheWay(report);
  if (state === "closed") return null;
  return (
    <div className="space-y-2 print:hidden">
      <div className="flex flex-wrap items-center gap-2">
        {state === "running" ? (
          <>
            <Remind review={review} />
            <button type="button" className="button" onClick={() => ask("ended")}>
              End the review …
            </button>
          </>
        ) : null}
        <button
          type="button"
          className="button"
          disabled={way.length > 0}
          aria-describedby={way.length > 0 ? "in-the-way" : undefined}
          onClick={() => ask("closed")}
        >
          Close the review …
        </button>
      </div>
      {way.length === 0 ? null : (
        <ul id="in-the-way" aria-label="What stands in the way of closing" className="text-sm">
          {way.map((sentence) => (
            <li key={sentence} className="flex items-center gap-2">
              <StateMark tone="risk" />
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {asks === null ? null : (
        <Confirm
          title={`${asks === "ended" ? "End" : "Close"} ${name}`}
          act={asks === "ended" ? "End" : "Close"}
          doing={change}
          how={asks}
          onClose={() => setAsks(null)}
        >
          {asks === "ended" ? (
            <>
              <p>{leftOpen(report)}</p>
              <p>
                The reviewers can decide no more then. Revokes stay to do until later events show them done.
              </p>
            </>
          ) : (
            <p>Everything that was to go is gone or exempt. Nothing of the review can be changed then.</p>
          )}
        </Confirm>
      )}
    </div>
  );
}
