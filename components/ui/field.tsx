"use client";
/** A form's field with its name above, and beneath what is wrong with what was entered. */
import { type InputHTMLAttributes, type ReactNode, useId } from "react";

/** What was refused, beside what it is about; nothing while nothing was. */
export function Refusal({ id, children }: { id?: string; children: ReactNode }) {
  if (children === null || children === undefined) return null;
  return (
    <p id={id} role="alert" className="mt-1 text-sm text-bad [overflow-wrap:anywhere]">
      {children}
    </p>
  );
}

/** What the control takes to belong to its field. */
export interface ControlProps {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

export function Field({
  label,
  help,
  error,
  children,
}: {
  label: string;
  help?: ReactNode;
  /** Why it was refused; null when it was not. */
  error: string | null;
  children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        ...(error === null ? {} : { "aria-describedby": `${id}e`, "aria-invalid": true as const }),
      })}
      <Refusal id={`${id}e`}>{error}</Refusal>
      {help === undefined ? null : <p className="mt-1 text-sm text-soft">{help}</p>}
    </div>
  );
}

/** A field of one line. What else an input takes is handed on. */
export function TextField({
  label,
  help,
  error = null,
  onChange,
  ...input
}: {
  label: string;
  help?: ReactNode;
  /** Why it was refused; null when it was not. */
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "id">) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <input
          className="field w-full"
          {...input}
          {...control}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A field in which one of some values is picked. */
export function SelectField({
  label,
  help,
  error = null,
  className = "field w-full",
  name,
  value,
  onChange,
  options,
}: {
  label: string;
  help?: ReactNode;
  /** Why it was refused; null when it was not. */
  error?: string | null;
  className?: string;
  /** In a form that is sent as it stands. */
  name?: string;
  value: string;
  onChange: (value: string) => void;
  /** Each value with its words. */
  options: readonly (readonly [value: string, words: string])[];
}) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <select
          {...control}
          name={name}
          className={className}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface Choice {
  value: string;
  word: string;
  /** What it means, in a line. */
  means: string;
}

/** Choices with a line each, of which one or several are taken. */
export function Choices({
  kind,
  label,
  choices,
  chosen,
  error,
  onChange,
}: {
  kind: "radio" | "checkbox";
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  error: string | null;
  onChange: (chosen: string[]) => void;
}) {
  const id = useId();
  const toggle = (value: string, on: boolean) => {
    if (kind === "radio") return onChange([value]);
    onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value));
  };
  return (
    <fieldset aria-describedby={error === null ? undefined : `${id}e`}>
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      {choices.map(({ value, word, means }) => (
        <label key={value} className="flex gap-2 rounded px-1 py-1 text-sm hover:bg-sunken">
          <input
            type={kind}
            name={id}
            className="mt-1 shrink-0 self-start"
            checked={chosen.includes(value)}
            onChange={(event) => toggle(value, event.target.checked)}
          />
          <span>
            {word} <span className="block text-soft">{means}</span>
          </span>
        </label>
      ))}
      <Refusal id={`${id}e`}>{error}</Refusal>
    </fieldset>
  );
}
