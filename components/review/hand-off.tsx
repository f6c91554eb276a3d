"use client";
/** Sends tasks to where they are done: as a file, to the ticket system, or by SCIM after it was said what happens where. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewTask } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { plural } from "../format/number.ts";
import { reviewPath } from "../reviews/review-query.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { Choices, Refusal } from "../ui/field.tsx";
import { State } from "../ui/state-mark.tsx";
import { scimWords, scimWork } from "./words.ts";

type Way = "export" | "webhook" | "scim";

/** As many as the API takes at once. */
const AT_ONCE = 500;

interface Sent {
  item: string;
  ok: boolean;
  answer: string;
}

const WAYS = [
  { value: "export", word: "As a file", means: "a CSV of what is to be done, for whoever does it" },
  { value: "webhook", word: "To the ticket system", means: "one ticket for each, where its address is set" },
  {
    value: "scim",
    word: "By SCIM",
    means: "done at the application, where its connection allows writing",
  },
];

const ACTS: Record<Way, string> = { export: "Make the file", webhook: "Send", scim: "Do it now" };

const taskName = ({ userName, account, application }: ReviewTask): string =>
  `${userName ?? account}, ${application}`;

/** What came back, task by task where it failed. */
function Answers({
  sent,
  tasks,
  way,
  review,
}: {
  sent: Sent[];
  tasks: readonly ReviewTask[];
  way: Way;
  review: string;
}) {
  const failed = sent.filter(({ ok }) => !ok);
  const done = sent.length - failed.length;
  return (
    <div role="status" className="space-y-2">
      <p>
        <State tone={failed.length === 0 ? "good" : "bad"} word={`${plural(done, "task")} handed off`} />
        {failed.length === 0 ? "" : `; ${failed.length} failed.`}
      </p>
      <ul className="max-h-60 space-y-1 overflow-y-auto text-sm">
        {failed.map(({ item, answer }) => {
          const task = tasks.find((one) => one.item === item);
          return (
            <li key={item} className="[overflow-wrap:anywhere]">
              {task === undefined ? item : taskName(task)}: {answer}
            </li>
          );
        })}
      </ul>
      {way === "export" ? (
        <a className="button" href={`${reviewPath(review)}/tasks?format=csv`} download>
          Download CSV
        </a>
      ) : (
        <p className="text-sm text-soft">A task is verified when a later event shows that it was done.</p>
      )}
    </div>
  );
}

/** What will happen where, and what can't be done so. */
function ScimPlan({ tasks }: { tasks: readonly ReviewTask[] }) {
  const { work, others } = scimWork(tasks);
  return (
    <div className="space-y-1 border-l-2 border-risk bg-sunken px-3 py-2 text-sm">
      {work.length === 0 ? (
        <p>None of these applications has a connection that may write.</p>
      ) : (
        <ul>
          {work.map((one) => (
            <li key={one.application}>{scimWords(one)}</li>
          ))}
        </ul>
      )}
      {others.length === 0 || work.length === 0 ? null : (
        <p>
          {plural(others.length, "task")} {others.length === 1 ? "is" : "are"} left as{" "}
          {others.length === 1 ? "it is" : "they are"}: no connection there may write.
        </p>
      )}
      {work.length === 0 ? null : (
        <p>
          Ended accounts are deactivated or deleted, as each application's connection says. Rollcall can't
          take it back.
        </p>
      )}
    </div>
  );
}

interface Props {
  review: string;
  tasks: readonly ReviewTask[];
  onDone: () => void;
  onClose: () => void;
}

function Form({ review, tasks, onDone, close }: Props & { close: () => void }) {
  const [way, setWay] = useState<Way>("export");
  const able = way === "scim" ? tasks.filter(({ scim }) => scim) : tasks;
  const send = useMutation({
    mutationFn: async () => {
      const items = able.map(({ item }) => item);
      const sent: Sent[] = [];
      for (let i = 0; i < items.length; i += AT_ONCE) {
        const body = { items: items.slice(i, i + AT_ONCE), way, confirm: true };
        sent.push(...(await sendJson<{ sent: Sent[] }>(`${reviewPath(review)}/tasks`, "POST", body)).sent);
      }
      return { sent };
    },
    // What was sent before it failed is sent.
    onSettled: onDone,
  });
  if (send.data !== undefined)
    return (
      <>
        <Answers sent={send.data.sent} tasks={tasks} way={way} review={review} />
        <button type="button" className="button mt-4" onClick={close}>
          Close
        </button>
      </>
    );
  return (
    <DialogForm
      act={send.isPending ? "Sending …" : ACTS[way]}
      busy={send.isPending || able.length === 0}
      onSend={() => send.mutate()}
      onCancel={close}
    >
      <Choices
        kind="radio"
        label="How"
        choices={WAYS}
        chosen={[way]}
        error={null}
        onChange={([chosen]) => setWay(chosen as Way)}
      />
      {way === "scim" ? <ScimPlan tasks={tasks} /> : null}
      <Refusal>{send.error?.message}</Refusal>
    </DialogForm>
  );
}

export function HandOff(props: Props) {
  return (
    <Dialog title={`Hand off ${plural(props.tasks.length, "task")}`} onClose={props.onClose}>
      {(close) => <Form {...props} close={close} />}
    </Dialog>
  );
}
