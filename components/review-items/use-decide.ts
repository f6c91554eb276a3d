"use client";
/** Deciding of items: shown at once, put back when the server refuses, undone on wish; what others said meanwhile is kept apart. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import type {
  DecisionInput,
  DecisionsAnswer,
  ReviewItemRow,
  ReviewState,
} from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { reviewPath } from "../reviews/review-query.ts";
import type { Notice } from "../ui/notice-bar.tsx";
import {
  type Before,
  backAll,
  beforeOf,
  type ItemDecision,
  inputOf,
  ownDecision,
  type Reviewer,
  refusal,
  saidOf,
  withDecision,
} from "./acts.ts";
import { byItem, patchRows, useLaterFigures } from "./item-rows.ts";
import { draftKey, keepDraft, keepReason } from "./reasons.ts";
import type { Looking } from "./use-look.ts";

/** What somebody else said first, with what was to be said here. */
export interface Conflict {
  /** As it stands now. */
  row: ReviewItemRow;
  decision: ItemDecision;
}

export interface Deciding {
  decide: (rows: readonly ReviewItemRow[], decision: ItemDecision) => void;
  undo: () => void;
  /** Shows why something can't be done. */
  say: (text: string) => void;
  /** Shows what was done. */
  tell: (text: string) => void;
  notice: Notice | null;
  dismiss: () => void;
  conflicts: readonly Conflict[];
  /** Says it all the same, of the item as it stands now. */
  insist: (conflict: Conflict) => void;
  leave: (conflict: Conflict) => void;
  /** The row as it is known best: what was selected may have been decided since. */
  latest: (row: ReviewItemRow) => ReviewItemRow;
}

interface Wish {
  rows: readonly ReviewItemRow[];
  inputs: readonly DecisionInput[];
  decision: ItemDecision;
  /** It takes an act back: nothing of it can be undone. */
  isUndo: boolean;
}

export function useDecide(
  review: string,
  state: ReviewState,
  reviewer: Reviewer,
  looking: Looking,
): Deciding {
  const client = useQueryClient();
  const [notice, setNotice] = useState<Notice | null>(null);
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const known = useMemo(() => new Map<string, ReviewItemRow>(), []);
  /** What was last said here, to tell one's own doing from another's. */
  const said = useMemo(() => new Map<string, DecisionInput["decision"]>(), []);
  /** What can be taken back, the last act at the end. */
  const done = useRef<Before[][]>([]);
  const figures = useLaterFigures(review);
  const show = (rows: ReadonlyMap<string, ReviewItemRow>) => {
    for (const row of rows.values()) known.set(row.item, row);
    patchRows(client, review, rows);
  };
  const latest = (row: ReviewItemRow): ReviewItemRow => {
    const found = known.get(row.item);
    return found !== undefined && found.version > row.version ? found : row;
  };
  const post = async (inputs: readonly DecisionInput[]) => {
    await looking.flush();
    return sendJson<DecisionsAnswer>(`${reviewPath(review)}/decisions`, "POST", { decisions: inputs });
  };
  /** Another version of the item, but as it was left from here: nobody else has come between. */
  const isOwn = (row: ReviewItemRow): boolean =>
    said.has(row.item) && (ownDecision(row, reviewer.me) ?? "withdraw") === said.get(row.item);

  const send = useMutation({
    // One after the other: each is based on what the one before has left.
    scope: { id: `decide ${review}` },
    mutationFn: async ({ inputs }: Wish): Promise<DecisionsAnswer> => {
      const answer = await post(inputs);
      const own = byItem(answer.conflicts.filter(isOwn));
      if (own.size === 0) return answer;
      const again = await post(
        inputs.flatMap((input) => {
          const row = own.get(input.item);
          return row === undefined ? [] : [{ ...input, version: row.version }];
        }),
        // The others are decided: what can't be said once more is a conflict like any.
      ).catch((): DecisionsAnswer => ({ decided: [], conflicts: [...own.values()] }));
      return {
        decided: [...answer.decided, ...again.decided],
        conflicts: [...answer.conflicts.filter(({ item }) => !own.has(item)), ...again.conflicts],
      };
    },
    onMutate: ({ rows, decision }) => {
      const at = new Date().toISOString();
      show(byItem(rows.map((row) => withDecision(row, decision, reviewer, at, rows.length))));
    },
    onSuccess: (answer, { rows, decision, isUndo }) => {
      const decided = rows.filter(({ item }) => answer.decided.includes(item));
      for (const { item } of decided) said.set(item, decision.decision);
      show(byItem(answer.conflicts));
      setConflicts((before) => [
        ...before.filter(({ row }) => !rows.some(({ item }) => item === row.item)),
        ...(isUndo ? [] : answer.conflicts.map((row) => ({ row, decision }))),
      ]);
      if (decided.length > 0 && !isUndo) done.current.push(decided.map((row) => beforeOf(row, reviewer.me)));
      if (decided.length > 0 && decision.reason !== null) keepReason(decision.decision, decision.reason);
      if (answer.conflicts.length === 0)
        keepDraft(
          draftKey(
            review,
            decision.decision,
            rows.map(({ item }) => item),
          ),
          null,
        );
      const first = answer.conflicts[0];
      if (first !== undefined && isUndo)
        setNotice({
          text: `${first.decidedBy ?? "Somebody"} has decided meanwhile: nothing is taken back.`,
          bad: true,
          undo: false,
        });
      else if (decided.length > 0)
        setNotice({
          text: isUndo ? "Taken back." : saidOf(decision.decision, decided),
          bad: false,
          undo: !isUndo,
        });
    },
    onError: (error, { rows }) => {
      show(byItem(rows));
      setNotice({ text: `${error.message} Nothing was decided.`, bad: true, undo: false });
    },
    onSettled: figures,
  });

  const decide = (given: readonly ReviewItemRow[], decision: ItemDecision) => {
    const rows = given.map(latest);
    if (rows.length === 0) return;
    const refused = refusal(decision.decision, rows, reviewer, state);
    if (refused !== null) return setNotice({ text: refused, bad: true, undo: false });
    const inputs = rows.map((row) => inputOf(row, decision, looking.take(row.item)));
    send.mutate({ rows, inputs, decision, isUndo: false });
  };
  const drop = ({ row }: Conflict) =>
    setConflicts((before) => before.filter((one) => one.row.item !== row.item));

  return {
    decide,
    undo: () => {
      const last = done.current.pop();
      if (last === undefined) return setNotice({ text: "Nothing to take back.", bad: false, undo: false });
      for (const { decision, items } of backAll(last)) {
        const rows = items.flatMap((item) => known.get(item) ?? []);
        const inputs = rows.map((row) => inputOf(row, decision, null));
        if (rows.length > 0) send.mutate({ rows, inputs, decision, isUndo: true });
      }
    },
    say: (text) => setNotice({ text, bad: true, undo: false }),
    tell: (text) => setNotice({ text, bad: false, undo: false }),
    notice,
    dismiss: () => setNotice(null),
    conflicts,
    insist: (conflict) => decide([conflict.row], conflict.decision),
    leave: (conflict) => {
      keepDraft(draftKey(review, conflict.decision.decision, [conflict.row.item]), null);
      drop(conflict);
    },
    latest,
  };
}
