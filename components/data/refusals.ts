/** Beside which field a refusal of the API belongs. */
import { ApiProblem } from "./api.ts";

const FIELDS: Record<string, string> = {
  "bad-name": "name",
  "bad-email": "email",
  "known-member": "email",
  "bad-role": "role",
  "bad-customer": "customer",
  "bad-end": "lastDay",
  "no-end": "lastDay",
  "bad-days": "days",
  "bad-scopes": "scopes",
  "bad-label": "label",
  "bad-until": "until",
  "bad-application": "application",
  "bad-keep": "keep",
  "bad-source-name": "source",
  "known-source": "source",
  "customer-differs": "customer",
  "bad-to": "to",
  "bad-zone": "zone",
};

/** What was refused, by the field that it is about; `form` for the rest. */
export function refusalOf(error: Error | null): { field: string; message: string } | null {
  if (error === null) return null;
  const code = error instanceof ApiProblem ? error.code : null;
  return { field: FIELDS[code ?? ""] ?? "form", message: error.message };
}

/** What was refused about a field; `form` for what belongs to none. */
export function errorsOf(error: Error | null): (field: string) => string | null {
  const refused = refusalOf(error);
  return (field) => (refused?.field === field ? refused.message : null);
}
