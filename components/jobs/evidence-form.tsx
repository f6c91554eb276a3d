"use client";
/** The button that makes an evidence pack, and what is asked before. */
import { type FormEvent, useState } from "react";
import { Field, Refusal, SelectField } from "../ui/field.tsx";
import { useBegin } from "./use-begin.ts";

/** Kinds of packs, as the API names them. */
const TEMPLATES = [
  ["", "Reports and records"],
  ["quarterly-review", "Quarterly access review"],
  ["offboarding-sample", "Sample of leavers"],
  ["assurance-letter", "Letter to a customer"],
] as const;

export function EvidenceForm() {
  const [open, setOpen] = useState(false);
  const [template, setTemplate] = useState("");
  const begin = useBegin("/api/v1/evidence", () => setOpen(false));
  if (!open) {
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Make an evidence pack
      </button>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]);
    begin.mutate(Object.fromEntries(given.filter(([, value]) => value !== "")));
  };
  return (
    <form onSubmit={submit} className="w-full space-y-3">
      <p className="text-sm text-soft">
        The reports and the records behind them in one zip, which can be checked without Rollcall. Leave a
        field empty for no limit.
      </p>
      <div className="flex flex-wrap gap-3">
        <SelectField
          label="Kind"
          name="template"
          className="field"
          value={template}
          options={TEMPLATES}
          onChange={setTemplate}
        />
        <Field label="From" error={null}>
          {(control) => <input {...control} name="from" type="date" className="field" />}
        </Field>
        <Field label="To" error={null}>
          {(control) => <input {...control} name="to" type="date" className="field" />}
        </Field>
        <Field label="Application" error={null}>
          {(control) => <input {...control} name="application" maxLength={255} className="field" />}
        </Field>
        {template === "assurance-letter" ? (
          <Field label="Customer" error={null}>
            {(control) => <input {...control} name="customer" maxLength={255} className="field" />}
          </Field>
        ) : null}
        {template === "offboarding-sample" ? (
          <>
            <Field label="Leavers" error={null}>
              {(control) => (
                <input
                  {...control}
                  name="sample"
                  type="number"
                  min={1}
                  max={1000}
                  placeholder="25"
                  className="field"
                />
              )}
            </Field>
            <Field label="Seed" error={null}>
              {(control) => <input {...control} name="seed" maxLength={255} className="field" />}
            </Field>
          </>
        ) : null}
      </div>
      <Refusal>{begin.error?.message}</Refusal>
      <div className="flex gap-2">
        <button type="submit" className="button button-main" disabled={begin.isPending}>
          Begin
        </button>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}
