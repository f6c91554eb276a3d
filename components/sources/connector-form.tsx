"use client";
/** Sets a live source up. The secret is typed once, and shown to nobody again. */
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ConnectorKind } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";
import { Field, Refusal, SelectField, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { formOf, settingsOf } from "./connector-words.ts";
import { CONNECTORS, useConnectorAct } from "./connectors-query.ts";

interface Entered {
  name: string;
  kind: string;
  settings: Record<string, string>;
  secret: string;
}

export function ConnectorForm({ kinds, onClose }: { kinds: readonly ConnectorKind[]; onClose: () => void }) {
  const [kind, setKind] = useState(kinds[0]?.kind ?? "");
  const [name, setName] = useState("");
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [secret, setSecret] = useState("");
  const { fields, secret: secretHelp } = formOf(kind);
  const entered: Entered = {
    name: name.trim() === "" ? kind : name.trim(),
    kind,
    settings: settingsOf(kind, settings),
    secret,
  };
  const add = useConnectorAct((input: Entered) => sendJson(CONNECTORS, "POST", input), onClose);
  const test = useMutation({
    mutationFn: ({ name: _, ...input }: Entered) =>
      sendJson<{ found: string }>(`${CONNECTORS}/test`, "POST", input),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(entered);
  };
  const refused = add.error ?? test.error;
  return (
    <SidePanel title="Add a live source" onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <SelectField
          label="What it reads"
          options={kinds.map((one) => [one.kind, one.label])}
          value={kind}
          onChange={setKind}
        />
        <TextField
          label="Name"
          help="Small letters, digits and dashes."
          placeholder={kind}
          value={name}
          onChange={setName}
        />
        {fields.map(({ key, label, help, placeholder, required }) => (
          <TextField
            key={key}
            label={label}
            {...(help === undefined ? {} : { help })}
            {...(placeholder === undefined ? {} : { placeholder })}
            required={required ?? false}
            value={settings[key] ?? ""}
            onChange={(value) => setSettings({ ...settings, [key]: value })}
          />
        ))}
        <Field label="Secret" error={null} help={`${secretHelp} Kept encrypted, and shown to nobody again.`}>
          {(control) => (
            // Of several lines where it is a key; not to be read over the shoulder.
            <textarea
              {...control}
              className="field h-20 w-full font-mono text-xs [-webkit-text-security:disc]"
              autoComplete="off"
              spellCheck={false}
              required
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
          )}
        </Field>
        <Refusal>{refused?.message}</Refusal>
        <p role="status" className="text-sm">
          {test.isPending ? "Asking …" : test.isSuccess ? test.data.found : null}
        </p>
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="button button-main" disabled={add.isPending}>
            Add
          </button>
          <button
            type="button"
            className="button"
            disabled={test.isPending}
            onClick={() => test.mutate(entered)}
          >
            Test the connection
          </button>
        </div>
      </form>
    </SidePanel>
  );
}
