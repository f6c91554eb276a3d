/** What somebody asks for when they make a shared link, made fit to be stored. */
import { AccessProblem } from "../auth/caller.ts";
import { instant } from "../reports/params.ts";

export interface ShareInput {
  /** The one customer whose records it shows. */
  customer?: string | null | undefined;
  /** For an auditor: it shows the whole workspace. Exactly one of the two is given. */
  auditor?: boolean | undefined;
  /** For whom it is; the customer's name, or “Auditor”, when empty. */
  label?: string | null | undefined;
  /** Until when it works: a time in ISO 8601, or a day, which means all of it in UTC; 30 days when absent. */
  until?: string | null | undefined;
}

const DAY = 86_400_000;
/** Long enough for a questionnaire to be answered. */
const USUAL_DAYS = 30;
/** A link that nobody renews is one that nobody knows of. A leap year fits. */
const MOST_DAYS = 366;
const MOST_CHARACTERS = 100;

/** What PostgreSQL's text can't hold: NUL, half a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** @throws {AccessProblem} */
function endOf(text: string | null | undefined, now: number): number {
  if (!text) return now + USUAL_DAYS * DAY;
  const end = instant(text, "end");
  if (end !== null && end > now && end <= now + MOST_DAYS * DAY) return end;
  throw new AccessProblem(
    "bad-until",
    "The link's end is a time to come, within a year, like 2030-01-31 or 2030-01-31T12:00:00Z.",
  );
}

/**
 * @param customers whose records there are.
 * @param now milliseconds since 1970.
 * @returns `customer` is null for the whole workspace; `expiresAt` in milliseconds.
 * @throws {AccessProblem} with a sentence on the first that can't be used.
 */
export function shareFields(
  input: ShareInput,
  customers: readonly string[],
  now: number,
): { customer: string | null; label: string; expiresAt: number } {
  const customer = input.customer?.trim() || null;
  if ((customer !== null) === (input.auditor === true)) {
    throw new AccessProblem(
      "bad-customer",
      "Say whom the link is for: either one customer, or an auditor, who sees the whole workspace.",
    );
  }
  if (customer !== null && !customers.includes(customer)) {
    throw new AccessProblem("bad-customer", `No source has a customer "${customer}".`);
  }
  const label = input.label?.trim() || (customer ?? "Auditor");
  if (label.length > MOST_CHARACTERS || UNSTORABLE.test(label)) {
    throw new AccessProblem("bad-label", `Say in up to ${MOST_CHARACTERS} characters for whom the link is.`);
  }
  return { customer, label, expiresAt: endOf(input.until, now) };
}
