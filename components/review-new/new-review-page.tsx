"use client";
/** Opens a review: what, as of when, by whom, until when; with what comes of it beside the form. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { Every, MemberName } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { REVIEWS_KEY, reviewHref } from "../reviews/review-query.ts";
import { EVERY_WORDS } from "../reviews/words.ts";
import { Answer } from "../ui/answer.tsx";
import { Field, Refusal, SelectField } from "../ui/field.tsx";
import { emptyDraft, inputOf, problems, type Refused } from "./draft.ts";
import { Preview } from "./preview.tsx";
import { ReviewersFields } from "./reviewers-fields.tsx";
import { type ScopeChoices, ScopeFields } from "./scope-fields.tsx";
import { useDraft } from "./use-draft.ts";

interface Props {
  /** When the page was made, milliseconds since 1970. */
  now: number;
  /** The member who opens it; null for nobody of that kind. */
  me: string | null;
  members: readonly MemberName[];
  choices: ScopeChoices;
}

export function NewReviewPage({ now, me, members, choices }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const fallback = members.some(({ member }) => member === me) ? (me ?? "") : "";
  const { draft, set, drop } = useDraft(emptyDraft(now, fallback));
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const open = useMutation({
    mutationFn: () => sendJson<{ review: string }>("/api/v1/reviews", "POST", inputOf(draft, Date.now())),
    onSuccess: ({ review }) => {
      drop();
      void client.invalidateQueries({ queryKey: REVIEWS_KEY });
      router.push(reviewHref(review));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problems(draft, Date.now());
    setRefused(found);
    if (found.length === 0) open.mutate();
  };
  const errorOf = (field: Refused["field"]) => refused.find((one) => one.field === field)?.message ?? null;
  const fields = { draft, set, errorOf };
  return (
    <>
      <Answer title="New review">
        Choose what is reviewed and who reviews it. Nobody is asked before you open it.
      </Answer>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,560px)_minmax(0,480px)]">
        <form onSubmit={submit} noValidate className="space-y-5">
          <Field label="Name" error={errorOf("name")}>
            {(control) => (
              <input
                {...control}
                className="field w-full"
                maxLength={200}
                autoComplete="off"
                placeholder="Engineering, spring 2026"
                value={draft.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          <ScopeFields {...fields} choices={choices} />
          <div className="flex flex-wrap gap-6">
            <Field label="As of" help="Empty: now." error={errorOf("asOf")}>
              {(control) => (
                <input
                  {...control}
                  type="date"
                  min="1990-01-01"
                  max="2999-12-31"
                  className="field"
                  value={draft.asOf}
                  onChange={(event) => set({ asOf: event.target.value })}
                />
              )}
            </Field>
            <Field label="Due" help="The last day for deciding, in UTC." error={errorOf("due")}>
              {(control) => (
                <input
                  {...control}
                  type="date"
                  max="2999-12-31"
                  className="field"
                  value={draft.due}
                  onChange={(event) => set({ due: event.target.value })}
                />
              )}
            </Field>
            <SelectField
              label="Again"
              className="field"
              error={errorOf("every")}
              value={draft.every}
              options={[["", "once"], ...Object.entries(EVERY_WORDS)]}
              onChange={(every) => set({ every: every as Every | "" })}
            />
          </div>
          <ReviewersFields {...fields} members={members} />
          <Refusal>{open.error?.message}</Refusal>
          {refused.length > 0 ? <Refusal>Something is missing: it is told beside each field.</Refusal> : null}
          <button type="submit" className="button button-main" disabled={open.isPending}>
            {open.isPending ? "Opening …" : "Open the review"}
          </button>
        </form>
        <Preview draft={draft} now={now} />
      </div>
    </>
  );
}
