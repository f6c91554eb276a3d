"use client";
/** Has a live source fetch a past time. */
import { type FormEvent, useState } from "react";
import type { ConnectorKind, ConnectorTold } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";
import { Refusal, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { connectorAt, useConnectorAct } from "./connectors-query.ts";

export function BackfillForm({
  connector: { name, label },
  days,
  onClose,
}: {
  connector: ConnectorTold;
  days: NonNullable<ConnectorKind["days"]>;
  onClose: () => void;
}) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const fetchPast = useConnectorAct(
    (window: { from: string; to: string }) => sendJson(`${connectorAt(name)}/backfills`, "POST", window),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    fetchPast.mutate({ from, to });
  };
  return (
    <SidePanel title={`Fetch a past time of ${name}`} onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <p className="text-sm">
          {label} go back {days} days. What is fetched twice is one record; what is new comes in meanwhile.
        </p>
        <TextField label="From" type="date" required value={from} onChange={setFrom} />
        <TextField
          label="Up to"
          help="Before this day, by UTC."
          type="date"
          required
          value={to}
          onChange={setTo}
        />
        <Refusal>{fetchPast.error?.message}</Refusal>
        <button type="submit" className="button button-main" disabled={fetchPast.isPending}>
          Fetch
        </button>
      </form>
    </SidePanel>
  );
}
