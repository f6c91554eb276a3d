/** What a source that is set up reads, or is sent. */
import { Field } from "../ui/field.tsx";

export function KindField({
  label,
  kinds,
  value,
  onChange,
}: {
  label: string;
  kinds: readonly { kind: string; label: string }[];
  value: string;
  onChange: (kind: string) => void;
}) {
  return (
    <Field label={label} error={null}>
      {(control) => (
        <select
          {...control}
          className="field w-full"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {kinds.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
