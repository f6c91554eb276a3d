/** What goes wrong, in the words in which each provider records it. */
import type { Fault } from "./plan.ts";

const okta = (faultClass: Fault["class"], httpStatus: number | null, words: string): Fault => ({
  class: faultClass,
  code: httpStatus === null ? null : String(httpStatus),
  httpStatus,
  words,
});

/** Okta gives a sentence, often with the application's answer in it, and no code. */
export const OKTA_FAULTS = {
  conflict: okta(
    "uniqueness",
    409,
    "Automatic provisioning of user {user} to app {app} failed: Conflict. Errors reported by remote server: A user with this userName already exists (HTTP 409).",
  ),
  rateLimited: okta(
    "rate-limit",
    429,
    "Automatic profile push of user {user} to app {app} failed: Too Many Requests. Errors reported by remote server: API rate limit exceeded (HTTP 429).",
  ),
  unauthorized: okta(
    "authentication",
    401,
    "Error while calling {app} for {user}: Unauthorized. Errors reported by remote server: Invalid or expired token (HTTP 401).",
  ),
  missing: okta(
    "missing-attribute",
    null,
    "Automatic profile push of user {user} to app {app} failed: Required attribute 'costCenter' is missing.",
  ),
  licence: okta(
    "licence",
    null,
    "Automatic provisioning of user {user} to app {app} failed: No licenses available for this subscription.",
  ),
  timeout: okta("timeout", null, "Error while calling {app} for {user}: The request timed out."),
  server: okta(
    "server",
    500,
    "Automatic deprovisioning of user {user} from app {app} failed: Internal Server Error. Errors reported by remote server: Unexpected error (HTTP 500).",
  ),
  notFound: okta(
    "not-found",
    404,
    "Error while changing group membership of {user} in {app}: Not Found. Errors reported by remote server: Group not found (HTTP 404).",
  ),
} satisfies Record<string, Fault>;

/** Entra gives a code, and a sentence that may name the HTTP status. */
export const ENTRA_FAULTS = {
  conflict: {
    class: "uniqueness",
    code: "ServiceNowEntryConflict",
    httpStatus: 409,
    words:
      "Message: {app} returned an error response with the HTTP status code 409. This response indicates that a user or a group already exists with the same name.",
  },
  timeout: {
    class: "timeout",
    code: "Timeout",
    httpStatus: null,
    words: "The operation on {user} in {app} did not finish in time. It will be retried.",
  },
  missing: {
    class: "missing-attribute",
    code: "MandatoryFieldsMissing",
    httpStatus: null,
    words: "The mandatory fields of {user} are missing or empty in {app}.",
  },
  licence: {
    class: "licence",
    code: "LicenseLimitExceeded",
    httpStatus: null,
    words: "The license limit of {app} is exceeded, so {user} can't be added.",
  },
  unauthorized: {
    class: "authentication",
    code: "Unauthorized",
    httpStatus: 401,
    words:
      "{app} returned an error response with the HTTP status code 401 for {user}: the credentials are not accepted.",
  },
  server: {
    class: "server",
    code: "InternalServerError",
    httpStatus: 500,
    words: "{app} returned an error response with the HTTP status code 500 for {user}.",
  },
  quarantine: {
    class: "quarantine",
    code: "EncounteredQuarantineException",
    httpStatus: null,
    words: "The provisioning job of {app} is in quarantine because its credentials are not accepted.",
  },
} satisfies Record<string, Fault>;
