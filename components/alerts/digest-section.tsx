"use client";
/** The weekly digest: when it comes, in whose time, and how it would read now. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import type { AlertsReport, Digest, DigestPart } from "../../lib/alerts/contract.ts";
import { fetchJson, sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { errorsOf } from "../data/refusals.ts";
import { plural } from "../format/number.ts";
import { Facts } from "../ui/facts.tsx";
import { Refusal, TextField } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Moment } from "../ui/when.tsx";
import { ALERTS, useAlertAct } from "./alerts-query.ts";

function Part({ title, parts }: { title: string; parts: readonly DigestPart[] }) {
  return (
    <section>
      <h3 className="mb-1">{title}</h3>
      {parts.length === 0 ? <p className="text-soft">Nothing.</p> : null}
      {parts.map(({ rule, title: ruleTitle, count, items }) => (
        <div key={rule} className="mb-2">
          <p>
            {ruleTitle} ({count})
          </p>
          <ul className="list-disc pl-5 text-sm text-soft [overflow-wrap:anywhere]">
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function DigestText({ digest }: { digest: Digest }) {
  return (
    <div className="space-y-4">
      <p className="text-soft">
        The week since <Moment at={digest.since} />.
      </p>
      {digest.answers.map(({ question, title, link, figures }) => (
        <section key={question}>
          <h3 className="mb-1">
            <Link href={link} prefetch={false} className="link">
              {title}
            </Link>
          </h3>
          <Facts
            rows={figures.map(({ label, value, change }) => [
              label,
              change === null ? value : `${value} (${change})`,
            ])}
          />
        </section>
      ))}
      <Part title="New this week" parts={digest.raised} />
      <Part title="Resolved this week" parts={digest.resolved} />
      <p>{plural(digest.stillOpen, "alert is", "alerts are")} open since before.</p>
    </div>
  );
}

function Preview({ onClose }: { onClose: () => void }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ["alerts", "digest"],
    queryFn: ({ signal }) => fetchJson<Digest>(`${ALERTS}/digest`, { signal }),
  });
  return (
    <SidePanel title="The digest as of now" onClose={onClose}>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {data === undefined ? (
        <p role="status" className="text-soft">
          {error === null ? "Working out the figures of now, and of a week ago …" : null}
        </p>
      ) : (
        <DigestText digest={data} />
      )}
    </SidePanel>
  );
}

function ZoneForm({ zone }: { zone: string }) {
  const [name, setName] = useState(zone);
  const save = useAlertAct(() => sendJson(`${ALERTS}/rules`, "PUT", { zone: name.trim() }));
  const errorOf = errorsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form className="flex flex-wrap items-end gap-3" onSubmit={submit}>
      <TextField
        label="Time zone"
        className="field w-64"
        required
        autoComplete="off"
        spellCheck={false}
        value={name}
        error={errorOf("zone")}
        onChange={setName}
      />
      <button type="submit" className="button" disabled={save.isPending || name.trim() === zone}>
        Set
      </button>
      <Refusal>{errorOf("form")}</Refusal>
    </form>
  );
}

export function DigestSection({ report: { zone, nextDigestAt, channels } }: { report: AlertsReport }) {
  const may = useMay("operate");
  const [shown, setShown] = useState(false);
  const to = channels.filter(({ on, digest }) => on && digest).length;
  return (
    <section aria-labelledby="digest">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="digest">Weekly digest</h2>
        <button type="button" className="button" onClick={() => setShown(true)}>
          Preview
        </button>
      </div>
      <p className="mb-3 max-w-[80ch] text-soft">
        The five answers and their change in a week, what is new and what was resolved. Mondays at 08:00 (
        {zone}), next <Moment at={nextDigestAt} />,{" "}
        {to === 0 ? "by no channel yet" : `by ${plural(to, "channel")}`}.
      </p>
      {may ? <ZoneForm key={zone} zone={zone} /> : null}
      {shown ? <Preview onClose={() => setShown(false)} /> : null}
    </section>
  );
}
