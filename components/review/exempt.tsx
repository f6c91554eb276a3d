"use client";
/** Leaves a task undone for a reason, in somebody's name, until a day. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewTask } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { reviewPath } from "../reviews/review-query.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { Refusal, TextField } from "../ui/field.tsx";

interface Props {
  review: string;
  task: ReviewTask;
  onDone: () => void;
  onClose: () => void;
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
    <DialogForm act={"Exempt"} busy={exempt.isPending} onSend={() => exempt.mutate()} onCancel={close}>
      <TextField
        label="Why it is not done"
        required
        maxLength={2000}
        autoComplete="off"
        value={reason}
        onChange={setReason}
      />
      <TextField
        label="Who answers for it"
        required
        maxLength={200}
        autoComplete="off"
        value={owner}
        onChange={setOwner}
      />
      <TextField
        label="Until"
        help="After this day, in UTC, it is to do again."
        type="date"
        required
        max="2999-12-31"
        className="field"
        value={until}
        onChange={setUntil}
      />
      <Refusal>{exempt.error?.message}</Refusal>
    </DialogForm>
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
