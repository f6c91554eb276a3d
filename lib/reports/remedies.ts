/** The likely remedy of a failure, by its class: RFC 7644 §3.12 and the identity providers' own guidance. */
import type { ErrorClass, Operation } from "../ingest/event.ts";

const REMEDIES: Record<ErrorClass, string> = {
  authentication:
    "The application refused the identity provider's credentials. Renew the token or secret of the provisioning connection, test it, and retry.",
  "rate-limit":
    "The application answers 429: too many requests. The identity provider retries by itself; if it lasts, ask the vendor for a higher limit or spread assignments over time.",
  uniqueness:
    "An account with this user name or e-mail already exists there (SCIM scimType uniqueness). Link the existing account by the matching attribute, or rename it, and retry.",
  "invalid-value":
    "The application does not accept a value that is sent (SCIM scimType invalidValue). Correct the value at the source or the attribute mapping, and retry.",
  "missing-attribute":
    "A value that the application requires is empty. Fill it in at the source of truth, or give the mapping a default.",
  mapping:
    "An attribute mapping can't be worked out. Correct the expression in the identity provider's mapping, and retry.",
  "not-found":
    "The application knows no account with this id: deleted or re-created there. Check at the application, then clear the link and provision again.",
  unsupported:
    "The application does not support this operation over SCIM. Do it by hand, or ask the vendor which operations its SCIM service offers.",
  licence: "The application has no free licence. Free one or buy more, and retry.",
  timeout:
    "The application did not answer in time. The identity provider retries by itself; if it lasts, check the vendor's status page.",
  server:
    "The application failed on its side (5xx). The identity provider retries by itself; if it lasts, send the vendor the message and the time.",
  quarantine:
    "The whole provisioning job is held back. Mend the failures that led there, then restart the job; until then nothing reaches this application.",
  unknown: "The source names no cause that is known here. Read the raw record behind it.",
};

/** Where a remedy's term is defined: the standard, or the vendor's page. */
export interface RemedyTerm {
  term: string;
  url: string;
}

const RFC_ERRORS = "https://www.rfc-editor.org/rfc/rfc7644#section-3.12";
const status = (code: number, name: string, section: string): RemedyTerm => ({
  term: `${code} ${name}, RFC 9110 §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc9110#section-${section}`,
});

const TERMS: Record<ErrorClass, RemedyTerm | null> = {
  authentication: status(401, "Unauthorized", "15.5.2"),
  "rate-limit": {
    term: "429 Too Many Requests, RFC 6585 §4",
    url: "https://www.rfc-editor.org/rfc/rfc6585#section-4",
  },
  uniqueness: { term: "scimType uniqueness, RFC 7644 §3.12", url: RFC_ERRORS },
  "invalid-value": { term: "scimType invalidValue, RFC 7644 §3.12", url: RFC_ERRORS },
  "missing-attribute": {
    term: "required attributes, RFC 7643 §7",
    url: "https://www.rfc-editor.org/rfc/rfc7643#section-7",
  },
  mapping: {
    term: "attribute mappings, Microsoft Entra",
    url: "https://learn.microsoft.com/en-us/entra/identity/app-provisioning/customize-application-attributes",
  },
  "not-found": { term: "404 Not Found, RFC 7644 §3.12", url: RFC_ERRORS },
  unsupported: { term: "501 Not Implemented, RFC 7644 §3.12", url: RFC_ERRORS },
  licence: null,
  timeout: status(504, "Gateway Timeout", "15.6.5"),
  server: status(500, "Internal Server Error", "15.6.1"),
  quarantine: {
    term: "quarantine, Microsoft Entra",
    url: "https://learn.microsoft.com/en-us/entra/identity/app-provisioning/application-provisioning-quarantine-status",
  },
  unknown: null,
};

/** The term behind a remedy; null where none fits. */
export const termOf = (errorClass: ErrorClass): RemedyTerm | null => TERMS[errorClass];

const LEAVER =
  " Until then the account is still active: deactivate it at the application by hand if the person has left.";

/** @returns what most likely helps, in a sentence or two. */
export function remedyFor(errorClass: ErrorClass, operation: Operation): string {
  const remedy = REMEDIES[errorClass];
  return operation === "deactivate" || operation === "delete" ? remedy + LEAVER : remedy;
}
