/** One event: what it says, the vendor's words, its normal form, and the raw record with its SHA-256. */
import type { EventDetail } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { OUTCOME_WORDS, plain } from "../format/words.ts";
import { Facts } from "../ui/facts.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";

/** JSON laid out over lines; text of any other kind as it stands. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const WITHHELD_WORDS: Record<NonNullable<EventDetail["raw"]["withheld"]>, string> = {
  sealed:
    "Sealed: it concerns somebody whose personal data is withheld. Whoever has the record can compare its hash.",
  erased:
    "Erased: it concerns somebody whose personal data was erased. Whoever has the record can compare its hash.",
  retention: "Removed: the records of its source are kept for a time, which has passed.",
};

/** The members of the normal form that are set. */
const withoutNulls = (_key: string, value: unknown): unknown => value ?? undefined;

export function EventBody({
  event,
  level: Heading = "h3",
}: {
  event: EventDetail;
  /** Of its headings: one below what stands over it. */
  level?: "h2" | "h3";
}) {
  const { raw, normal, error } = event;
  const person =
    normal.person?.displayName ?? normal.person?.userName ?? normal.person?.email ?? event.account;
  return (
    <div className="space-y-5">
      <div>
        <p className="mb-2 font-medium">{event.summary}</p>
        <Facts
          rows={[
            ["When", <Moment key="at" at={event.at} />],
            ["Outcome", <State key="outcome" {...OUTCOME_WORDS[event.outcome]} />],
            ["Source", event.source],
            ["Witnesses", `${plain(event.layer)}: ${event.nativeType}`],
            [
              "Person or account",
              person === null ? "–" : <PersonLink key="who" subject={event.subject} name={person} />,
            ],
            ["Done by", event.actor ?? "–"],
          ]}
        />
      </div>
      {error === null ? null : (
        <section>
          <Heading className="mb-1 font-semibold">
            Error: {plain(error.class)}
            {error.code === null ? "" : `, ${error.code}`}
          </Heading>
          <blockquote className="quote">{error.message ?? "The record gives no message."}</blockquote>
        </section>
      )}
      <section>
        <Heading className="mb-1 font-semibold">Normal form</Heading>
        <pre className="record">{JSON.stringify(normal, withoutNulls, 2)}</pre>
      </section>
      <section>
        <Heading className="mb-1 font-semibold">Raw record</Heading>
        <p className="mb-1 text-xs text-soft">
          {raw.withheld === null ? `${count(raw.bytes)} bytes, laid out for reading. ` : null}SHA-256 of the
          bytes as they came:
          <code className="block font-mono [overflow-wrap:anywhere]">{raw.sha256}</code>
        </p>
        {raw.withheld === null ? (
          <pre className="record">{raw.text === null ? raw.base64 : laidOut(raw.text)}</pre>
        ) : (
          <p>{WITHHELD_WORDS[raw.withheld]}</p>
        )}
        {raw.withheld === null && raw.text === null ? (
          <p className="text-xs text-soft">The bytes are no text; they are shown in base64.</p>
        ) : null}
      </section>
    </div>
  );
}
