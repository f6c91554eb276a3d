"use client";
/** Deciding of failure groups: shown at once, taken back when the server refuses, undone on wish. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { Sent } from "../../lib/failures/send-to-tickets.ts";
import type { FailureStory, FailuresReport } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";
import { plural } from "../format/number.ts";
import type { Notice } from "../ui/notice-bar.tsx";
import { type Act, bodyOf, type Desk, saidOf, withAct } from "./acts.ts";

const FAILURES_KEY = ["report", "failures"];
export const STORY_KEY = ["failure"];

export interface Triage {
  act: (groups: readonly string[], act: Act) => void;
  undo: () => void;
  send: (groups: readonly string[]) => void;
  notice: Notice | null;
  dismiss: () => void;
  sending: boolean;
}

interface Wish {
  groups: readonly string[];
  act: Act;
}

const answered = ({ status, answer }: Sent) =>
  status === null ? answer : `The ticket system answered ${status}${answer === "" ? "." : `: ${answer}`}`;

/** What the ticket system said, of one group or of many. */
function ticketsSaid(sent: readonly Sent[]): string {
  const [first] = sent;
  if (first === undefined) return "";
  if (sent.length === 1) return answered(first);
  const failed = sent.filter(({ ok }) => !ok);
  const [wrong] = failed;
  return wrong === undefined
    ? `The ticket system took all ${sent.length}.`
    : `${failed.length} of ${plural(sent.length, "cause")} did not arrive. ${answered(wrong)}`;
}

/** What is decided of, where it is no failures. */
interface Other {
  /** Under which the rows are kept. */
  queries: readonly (readonly string[])[];
  noun: string;
}

const FAILURES: Other = { queries: [FAILURES_KEY, STORY_KEY], noun: "cause" };

export function useTriage(desk: Desk, { queries, noun }: Other = FAILURES): Triage {
  const client = useQueryClient();
  const [notice, setNotice] = useState<Notice | null>(null);
  /** What can be taken back, the last act at the end. */
  const done = useRef<number[][]>([]);
  const cancel = useCallback(
    () => Promise.all(queries.map((queryKey) => client.cancelQueries({ queryKey }))),
    [client, queries],
  );
  const again = useCallback(async () => {
    // What was asked for the first time before the act is not asked anew by invalidating it alone.
    await cancel();
    await Promise.all(queries.map((queryKey) => client.invalidateQueries({ queryKey })));
  }, [cancel, client, queries]);
  const failed = (error: Error) => setNotice({ text: error.message, bad: true, undo: false });

  const decide = useMutation({
    mutationFn: ({ groups, act }: Wish) =>
      sendJson<{ decisions: number[] }>("/api/v1/failures/decisions", "POST", { ...bodyOf(act), groups }),
    onMutate: async ({ groups, act }) => {
      await cancel();
      const before = [
        ...client.getQueriesData({ queryKey: FAILURES_KEY }),
        ...client.getQueriesData({ queryKey: STORY_KEY }),
      ];
      const told = { by: desk.name, at: new Date().toISOString() };
      client.setQueriesData<FailuresReport>(
        { queryKey: FAILURES_KEY },
        (report) => report && { ...report, rows: withAct(report.rows, groups, act, told) },
      );
      client.setQueriesData<FailureStory>({ queryKey: STORY_KEY }, (story) => {
        const row = story && withAct([story.row], groups, act, told)[0];
        return row && { ...story, row };
      });
      return { before };
    },
    onSuccess: ({ decisions }, { groups, act }) => {
      done.current.push(decisions);
      setNotice({ text: saidOf(act, groups.length, noun), bad: false, undo: true });
    },
    onError: (error, _wish, kept) => {
      for (const [key, data] of kept?.before ?? []) client.setQueryData(key, data);
      failed(error);
    },
    onSettled: again,
  });

  const back = useMutation({
    mutationFn: (decisions: number[]) =>
      sendJson("/api/v1/failures/decisions", "POST", { verb: "undo", decisions }),
    onSuccess: () => setNotice({ text: "Taken back.", bad: false, undo: false }),
    onError: (error, decisions) => {
      done.current.push(decisions);
      failed(error);
    },
    onSettled: again,
  });

  const send = useMutation({
    mutationFn: (groups: readonly string[]) =>
      sendJson<{ sent: Sent[] }>("/api/v1/failures/tickets", "POST", { groups }),
    onMutate: (groups) =>
      setNotice({ text: `Sending ${plural(groups.length, "cause")} …`, bad: false, undo: false }),
    onSuccess: ({ sent }) =>
      setNotice({ text: ticketsSaid(sent), bad: sent.some(({ ok }) => !ok), undo: false }),
    onError: failed,
    onSettled: again,
  });

  return {
    act: (groups, act) => {
      if (groups.length > 0) decide.mutate({ groups, act });
    },
    undo: () => {
      const last = done.current.pop();
      if (last === undefined) return setNotice({ text: "Nothing to take back.", bad: false, undo: false });
      back.mutate(last);
    },
    send: (groups) => {
      if (groups.length > 0 && !send.isPending) send.mutate(groups);
    },
    notice,
    dismiss: () => setNotice(null),
    sending: send.isPending,
  };
}
