"use client";
/** How often a review is opened again: changed by whoever runs it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Every, ReviewReport } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { REVIEWS_KEY, reviewKey, reviewPath } from "../reviews/review-query.ts";
import { EVERY_WORDS } from "../reviews/words.ts";
import { Refusal } from "../ui/field.tsx";

export function Recurrence({ report, runs }: { report: ReviewReport; runs: boolean }) {
  const { review, every } = report;
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (next: Every | null) => sendJson(`${reviewPath(review)}/recurrence`, "PUT", { every: next }),
    onSuccess: () =>
      Promise.all([reviewKey(review), REVIEWS_KEY].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  if (!runs) return <>{every === null ? "once" : EVERY_WORDS[every]}</>;
  return (
    <>
      <select
        className="field"
        aria-label="Again"
        value={(mutation.isPending ? mutation.variables : every) ?? ""}
        disabled={mutation.isPending}
        onChange={({ target }) => mutation.mutate(target.value === "" ? null : (target.value as Every))}
      >
        <option value="">once</option>
        {Object.entries(EVERY_WORDS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <Refusal>{mutation.error?.message}</Refusal>
    </>
  );
}
