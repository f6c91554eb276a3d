"use client";
/** The rules: what raises an alert, and from which number on. */
import { type FormEvent, useState } from "react";
import type { AlertsReport, RuleTold } from "../../lib/alerts/contract.ts";
import { sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { Choices, Refusal, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { ALERTS, useAlertAct } from "./alerts-query.ts";

function RulePanel({ rule, onClose }: { rule: RuleTold; onClose: () => void }) {
  const [on, setOn] = useState(rule.on);
  const [threshold, setThreshold] = useState(`${rule.threshold}`);
  const save = useAlertAct(() => {
    const setting = { on, threshold: Number(threshold) };
    return sendJson(`${ALERTS}/rules`, "PUT", { rules: { [rule.rule]: setting } });
  }, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <SidePanel title={rule.title} onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <Choices
          kind="checkbox"
          label="Alerts"
          choices={[{ value: "on", word: "Raise alerts", means: rule.means }]}
          chosen={on ? ["on"] : []}
          error={null}
          onChange={(chosen) => setOn(chosen.includes("on"))}
        />
        {rule.counts === null ? null : (
          <TextField
            label="Threshold"
            type="number"
            className="field w-32"
            required
            help={`In ${rule.counts}.`}
            value={threshold}
            onChange={setThreshold}
          />
        )}
        {on || rule.open === 0 ? null : (
          <p className="text-sm text-soft">
            What is open of it is forgotten, and raised anew when it is put on again.
          </p>
        )}
        <Refusal>{save.error?.message}</Refusal>
        <button type="submit" className="button button-main" disabled={save.isPending}>
          Save
        </button>
      </form>
    </SidePanel>
  );
}

export function RulesSection({ report: { rules } }: { report: AlertsReport }) {
  const may = useMay("operate");
  const [asked, setAsked] = useState<RuleTold | null>(null);
  return (
    <section aria-labelledby="rules">
      <h2 id="rules" className="mb-2">
        What raises an alert
      </h2>
      <TableFrame
        className="relative overflow-x-auto"
        heads={[
          "Rule",
          "Raised when",
          "Threshold",
          "State",
          { head: "Open", number: true },
          may ? unseen("Change it") : null,
        ]}
        {...(may ? {} : { scrolling: "What raises an alert" })}
      >
        {rules.map((rule) => (
          <tr key={rule.rule}>
            <th scope="row" className="whitespace-nowrap">
              {rule.title}
            </th>
            <td className="min-w-56">{rule.means}</td>
            <td className="min-w-40">{rule.raisedFrom ?? "–"}</td>
            <td>
              <State tone={rule.on ? "good" : "none"} word={rule.on ? "On" : "Off"} />
            </td>
            <td className="number">{rule.open}</td>
            {may ? (
              <td>
                <button
                  type="button"
                  className="link"
                  aria-label={`Change ${rule.title}`}
                  onClick={() => setAsked(rule)}
                >
                  Change
                </button>
              </td>
            ) : null}
          </tr>
        ))}
      </TableFrame>
      {asked === null ? null : <RulePanel rule={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
