"use client";
/** Leaves a task undone for a reason, in somebody's name, until a day. */
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ReviewTask } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { reviewPath } from "../reviews/review-query.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Refusal } from "../ui/field.tsx";

interface Props {
  review: string;
  task: ReviewTask;
  onDone: () => void;
  onClose: () => void;
}

function Text({
  label,
  most,
  value,
  onChange,
}: {
  label: string;
  /** Characters. */
  most: number;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} error={null}>
      {(control) => (
        <input
          {...control}
          required
          maxLength={most}
          autoComplete="off"
          className="field w-full"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Form({ review, task, onDone, close }: Props & { close: () => void }) {
  const [reason, setReason] = useState("");
  const [owner, setOwner] = useState("");
  const [until, setUntil] = useState("");
  const exempt = useMutation({
    mutationFn: () =>
      sendJson(`${reviewPath(review)}/exemptions`, "POST", {
        item: task.item,
        reason: reason.trim(),
        owner: owner.trim(),
        until: `${until}T23:59:59.999Z`,
      }),
    onSuccess: () => {
      onDone();
      close();
    },
  });
  return (
    <form
      className="space-y-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        exempt.mutate();
      }}
    >
      <Text label="Why it is not done" most={2000} value={reason} onChange={setReason} />
      <Text label="Who answers for it" most={200} value={owner} onChange={setOwner} />
      <Field label="Until" help="After this day, in UTC, it is to do again." error={null}>
        {(control) => (
          <input
            {...control}
            type="date"
            required
            max="2999-12-31"
            className="field"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        )}
      </Field>
      <Refusal>{exempt.error?.message}</Refusal>
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-main" disabled={exempt.isPending}>
          Exempt
        </button>
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}

export function Exempt(props: Props) {
  const { userName, account, application } = props.task;
  return (
    <Dialog title={`Exempt ${userName ?? account}, ${application}`} onClose={props.onClose}>
      {(close) => <Form {...props} close={close} />}
    </Dialog>
  );
}
