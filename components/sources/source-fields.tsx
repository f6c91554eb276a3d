/** The fields that name a source into which somebody sends, and whose its records are. */
import { TextField } from "../ui/field.tsx";

interface Named {
  source: string;
  customer: string;
}

export function SourceFields({
  help,
  placeholder,
  draft: { source, customer },
  errorOf,
  onChange,
}: {
  /** What to name it after. */
  help: string;
  placeholder: string;
  draft: Named;
  errorOf: (field: string) => string | null;
  onChange: (changed: Partial<Named>) => void;
}) {
  return (
    <>
      <TextField
        label="Name of the source"
        help={`Lower-case letters, digits, dots and dashes. ${help}`}
        error={errorOf("source")}
        autoComplete="off"
        maxLength={63}
        placeholder={placeholder}
        value={source}
        onChange={(changed) => onChange({ source: changed })}
      />
      <TextField
        label="Customer"
        help="Left empty where the records are your own company's."
        error={errorOf("customer")}
        autoComplete="off"
        maxLength={100}
        value={customer}
        onChange={(changed) => onChange({ customer: changed })}
      />
    </>
  );
}
