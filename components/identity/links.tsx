"use client";
/** The names and ids that were linked into one, each with the way out; and for an account of nobody, the way in. */
import { type FormEvent, useState } from "react";
import type { IdentityReport } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { type DecisionInput, useDecide } from "../links/use-decide.ts";

/** The decisions that part a ref from everybody it is linked with. */
function parting(report: IdentityReport, ref: string, reason: string): DecisionInput[] {
  const people = report.links
    .map((link) => link.ref)
    .filter((other) => other.startsWith("p:") && other !== ref);
  return people.map((other) => ({ a: ref, b: other, verdict: "different", reason }));
}

function Part({ report, linked, decide }: { report: IdentityReport; linked: string; decide: Decide }) {
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) {
    return (
      <button
        type="button"
        className="text-accent underline underline-offset-2"
        onClick={() => setReason("")}
      >
        Not this person
      </button>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void decide.all(parting(report, linked, reason));
  };
  return (
    <form onSubmit={submit} className="mt-1 flex flex-wrap items-center gap-2">
      <label className="flex items-center gap-2">
        Reason
        <input
          className="field"
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={decide.busy}>
        Separate
      </button>
      <button type="button" className="button" onClick={() => setReason(null)}>
        Cancel
      </button>
    </form>
  );
}

/** For an account that nobody is known to own. */
function Claim({ report, decide }: { report: IdentityReport; decide: Decide }) {
  const [person, setPerson] = useState("");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void decide.all([{ a: report.subject, b: person, verdict: "same", reason }]);
  };
  return (
    <form onSubmit={submit} className="mt-2 flex flex-wrap items-center gap-2">
      <label className="flex items-center gap-2">
        It belongs to
        <input
          className="field"
          required
          placeholder="user name"
          value={person}
          onChange={(event) => setPerson(event.target.value)}
        />
      </label>
      <label className="flex items-center gap-2">
        Reason
        <input
          className="field"
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={decide.busy}>
        Link
      </button>
    </form>
  );
}

interface Decide {
  all: (decisions: readonly DecisionInput[]) => Promise<void>;
  busy: boolean;
}

export function Links({ report }: { report: IdentityReport }) {
  const { links } = report;
  const mutation = useDecide();
  const decide: Decide = {
    busy: mutation.isPending,
    all: async (decisions) => {
      // Where one is refused, its sentence stands below and the rest is not sent.
      try {
        for (const decision of decisions) await mutation.mutateAsync(decision);
      } catch {
        return;
      }
    },
  };
  const several = links.filter(({ ref }) => ref.startsWith("p:")).length > 1;
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit cursor-pointer text-soft hover:text-ink">
        {plural(links.length, "name or id", "names and ids")} linked into one
      </summary>
      <ul className="mt-2 space-y-1">
        {links.map(({ source, ref, rule }) => (
          <li key={`${source} ${ref}`} className="[overflow-wrap:anywhere]">
            <code className="font-mono text-xs">{ref}</code>{" "}
            <span className="text-soft">
              by {rule}
              {source === "" ? "" : `, ${source}`}
            </span>{" "}
            {report.kind === "identity" && (several || !ref.startsWith("p:")) ? (
              <Part report={report} linked={ref} decide={decide} />
            ) : null}
          </li>
        ))}
      </ul>
      {report.kind === "account" ? <Claim report={report} decide={decide} /> : null}
      {mutation.error === null ? null : (
        <p role="alert" className="mt-2 text-bad">
          {mutation.error.message}
        </p>
      )}
    </details>
  );
}
