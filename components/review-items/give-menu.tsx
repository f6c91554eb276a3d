"use client";
/** Gives items to another reviewer: those that are selected, or all that are one's own and open. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { itemsPath, REVIEWS_KEY, reviewKey, reviewPath, reviewsQuery } from "../reviews/review-query.ts";
import { items } from "../reviews/words.ts";
import { rowsKey } from "../table/use-rows.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { Field } from "../ui/field.tsx";

interface Props {
  review: string;
  me: string | null;
  /** Empty: nothing is selected. */
  rows: readonly ReviewItemRow[];
  /** Open items of whoever gives. */
  open: number;
  /** @param said what was done, in a sentence. */
  onGiven: (said: string) => void;
  onClose: () => void;
}

function Form({ review, me, rows, open, onGiven, close }: Props & { close: () => void }) {
  const client = useQueryClient();
  const { data, error } = useQuery(reviewsQuery);
  const [to, setTo] = useState("");
  const [all, setAll] = useState(rows.length === 0);
  const others = (data?.reviewers ?? []).filter(({ member }) => member !== me);
  const give = useMutation({
    mutationFn: () =>
      sendJson<{ items: number; own: number }>(`${reviewPath(review)}/delegations`, "POST", {
        to,
        ...(all ? {} : { items: rows.map(({ item }) => item) }),
      }),
    onSuccess: ({ items: given, own }) => {
      for (const queryKey of [reviewKey(review), REVIEWS_KEY, rowsKey(itemsPath(review))])
        void client.invalidateQueries({ queryKey });
      const name = others.find(({ member }) => member === to)?.name ?? "them";
      const kept = own === 0 ? "" : ` ${items(own)} stay: it is ${name}'s own access.`;
      onGiven(`${items(given)} given to ${name}.${kept}`);
      close();
    },
  });
  const choice = (value: boolean, label: string) => (
    <label className="flex items-center gap-2 rounded px-1 py-1 text-sm hover:bg-sunken">
      <input type="radio" name="which" checked={all === value} onChange={() => setAll(value)} />
      {label}
    </label>
  );
  return (
    <DialogForm act={"Give"} busy={give.isPending} onSend={() => give.mutate()} onCancel={close}>
      <Field label="To" error={give.error?.message ?? error?.message ?? null}>
        {(control) => (
          <select
            {...control}
            required
            className="field w-full"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          >
            <option value="">Choose a reviewer</option>
            {others.map(({ member, name }) => (
              <option key={member} value={member}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Which</legend>
        {rows.length === 0 ? null : choice(false, `The selected: ${items(rows.length)}`)}
        {open === 0 ? null : choice(true, `All of yours that are open: ${items(open)}`)}
      </fieldset>
      <p className="text-sm text-soft">
        Whoever gets them decides them; that you gave them away is recorded. Nobody gets their own access to
        review: such items stay where they are.
      </p>
    </DialogForm>
  );
}

export function GiveMenu(props: Props) {
  return (
    <Dialog title="Give to another reviewer" onClose={props.onClose}>
      {(close) => <Form {...props} close={close} />}
    </Dialog>
  );
}
