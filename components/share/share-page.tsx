/** What a shared link shows: one page to read, by whoever has the link. There is nothing on it to change. */
import type { ReactNode } from "react";
import type { Shared } from "../../lib/shares/read-shared.ts";
import { plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { Moment } from "../ui/when.tsx";
import { CoverageTable } from "./coverage-table.tsx";
import { Leaving } from "./leaving.tsx";
import { RestsOn } from "./rests-on.tsx";
import { SharedReviewsTable } from "./reviews-table.tsx";
import { completenessWords, coverageWords, leavingWords, reviewsWords } from "./words.ts";

const SECTIONS = [
  ["#completeness", "Completeness"],
  ["#coverage", "Coverage"],
  ["#offboarding", "Offboarding"],
  ["#reviews", "Access reviews"],
  ["#pack", "Evidence pack"],
] as const;

function Section({
  id,
  title,
  says,
  children,
}: {
  id: string;
  title: string;
  /** The answer in a sentence. */
  says: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="border-t border-line pt-6">
      <h2 id={id} className="mb-1 scroll-mt-4 text-sm font-normal text-soft">
        {title}
      </h2>
      <p className="mb-4 max-w-[96ch] text-[18px] leading-6 text-pretty">{says}</p>
      {children}
    </section>
  );
}

function Pack({ secret }: { secret: string }) {
  return (
    <>
      <p className="mb-3 max-w-[80ch] text-soft">
        It is made while it is downloaded, as of that moment, and holds more than this page: each report in
        full as CSV and JSON, the raw records with a hash for each, and a manifest that says what is complete.
        Its README.txt says how to check it.
      </p>
      <a
        className="button button-main print:hidden"
        href={`/share/${encodeURIComponent(secret)}/pack`}
        download
      >
        Download the evidence pack
      </a>
    </>
  );
}

/** @param secret of the link: where the pack is found. */
export function SharePage({ shared, secret }: { shared: Shared; secret: string }) {
  const { workspace, customer, asOf, expiresAt, completeness, coverage, offboarding, open } = shared;
  const sources = completeness.rows.length;
  return (
    <main className="mx-auto max-w-[1120px] space-y-8 px-4 py-6 md:px-6">
      <div>
        <Answer title={`${workspace}: shared from Rollcall, to read only`}>
          How access is given and taken away
          {customer === null ? "" : ` for ${customer}`}, told by the records of {plural(sources, "source")},
          as of <Moment at={asOf} />.
        </Answer>
        <p className="max-w-[96ch] text-sm text-soft">
          Every number is worked out from the logs of identity providers and applications, which are kept as
          they came. Whenever this page is opened, that is written down. The link works until{" "}
          <Moment at={expiresAt} />.
        </p>
        <nav aria-label="On this page" className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm print:hidden">
          {SECTIONS.map(([href, word]) => (
            <a key={href} href={href} className="link">
              {word}
            </a>
          ))}
        </nav>
      </div>
      <Section id="completeness" title="Completeness" says={completenessWords(completeness)}>
        <RestsOn rows={completeness.rows} />
      </Section>
      <Section id="coverage" title="Coverage" says={coverageWords(coverage)}>
        <CoverageTable report={coverage} />
      </Section>
      <Section id="offboarding" title="Offboarding" says={leavingWords(offboarding)}>
        <Leaving report={offboarding} open={open} />
      </Section>
      <Section id="reviews" title="Access reviews" says={reviewsWords(shared)}>
        <SharedReviewsTable reviews={shared.reviews} asOf={asOf} />
      </Section>
      <Section
        id="pack"
        title="Evidence pack"
        says="All of this can be checked without Rollcall, from one zip."
      >
        <Pack secret={secret} />
      </Section>
    </main>
  );
}
