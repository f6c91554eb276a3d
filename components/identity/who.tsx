/** Who it is: state, names, place in the company, and how the records were linked. */
import type { IdentityReport } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { Facts } from "../ui/facts.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import { Links } from "./links.tsx";

function Sentence({ report }: { report: IdentityReport }) {
  const active = report.accounts.filter((account) => account.active).length;
  const used = report.offboarding.some((step) => step.accessAfterLeaving);
  // Kept apart, so that a name with marks of writing from right to left turns nothing else around.
  const name = <bdi>{report.displayName ?? report.userName}</bdi>;
  if (report.kind === "account") {
    return (
      <>
        {name} is known only by {plural(report.accounts.length, "account")}, {count(active)} active: no source
        of truth names a person behind it.
      </>
    );
  }
  return (
    <>
      {name} {report.active ? "is active" : "has left"}; {count(active)} of{" "}
      {plural(report.accounts.length, "account")} {active === 1 ? "is" : "are"} active.
      {used ? <span className="font-semibold text-bad"> An access was used after leaving.</span> : null}
    </>
  );
}

export function Who({ report }: { report: IdentityReport }) {
  const { asOf } = report;
  const state = report.active
    ? ({ tone: "good", word: "Active" } as const)
    : ({ tone: "none", word: report.kind === "identity" ? "Left" : "Inactive" } as const);
  return (
    <>
      <Answer title={report.kind === "identity" ? "Person" : "Account of nobody known"}>
        <Sentence report={report} />
      </Answer>
      <div className="mb-8 grid grid-cols-1 gap-x-12 gap-y-4 md:grid-cols-2">
        <Facts
          rows={[
            ["State", <State key="state" {...state} />],
            ["User name", report.userName],
            ["E-mail", report.email ?? "–"],
            ["First seen", <Ago key="first" at={report.firstSeen} asOf={asOf} />],
            ["Last seen", <Ago key="last" at={report.lastSeen} asOf={asOf} />],
          ]}
        />
        <div>
          <Facts
            rows={[
              ["Department", report.department ?? "–"],
              ["Title", report.title ?? "–"],
              ["Manager", report.manager ?? "–"],
            ]}
          />
          <Links report={report} />
        </div>
      </div>
    </>
  );
}
