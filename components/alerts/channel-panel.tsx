"use client";
/** Sets a channel up. What is secret of it is typed, or shown, once. */
import { type FormEvent, useState } from "react";
import type { ChannelKind } from "../../lib/alerts/contract.ts";
import { sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { Choices, Refusal, SelectField, TextField } from "../ui/field.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { channelAt, useAlertAct } from "./alerts-query.ts";
import { KIND_WORDS } from "./words.ts";

const KINDS = Object.keys(KIND_WORDS) as ChannelKind[];

function SignedWith({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <>
      <SecretOnce label="Secret that calls are signed with" secret={secret} />
      <p className="text-sm text-soft">Copy it now: it is not shown again.</p>
      <button type="button" className="button mt-4" onClick={onClose}>
        I have it
      </button>
    </>
  );
}

export function ChannelPanel({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<ChannelKind>("email");
  const [to, setTo] = useState("");
  const [digest, setDigest] = useState(true);
  const add = useAlertAct(async () => {
    const body = { kind, to, digest };
    const { secret } = await sendJson<{ secret: string | null }>(channelAt(name.trim()), "PUT", body);
    if (secret === null) onClose();
    return secret;
  });
  const errorOf = errorsOf(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  const words = KIND_WORDS[kind];
  return (
    <SidePanel title="Add a channel" onClose={onClose}>
      {add.data ? (
        <SignedWith secret={add.data} onClose={onClose} />
      ) : (
        <form className="space-y-4" onSubmit={submit}>
          <SelectField
            label="Kind"
            value={kind}
            options={KINDS.map((one) => [one, KIND_WORDS[one].word])}
            onChange={(value) => setKind(value as ChannelKind)}
          />
          <TextField
            label="Name"
            help="Small letters, digits and dashes."
            required
            maxLength={63}
            autoComplete="off"
            value={name}
            error={errorOf("name")}
            onChange={setName}
          />
          <TextField
            label={words.to}
            help={words.help}
            // Not to be read over the shoulder, nor kept by the browser.
            type={kind === "slack" ? "password" : "text"}
            required
            autoComplete="off"
            spellCheck={false}
            value={to}
            error={errorOf("to")}
            onChange={setTo}
          />
          <Choices
            kind="checkbox"
            label="Beside alerts"
            choices={[
              {
                value: "digest",
                word: "The weekly digest",
                means: "Mondays at 08:00: the five answers and their change, what is new, what was resolved",
              },
            ]}
            chosen={digest ? ["digest"] : []}
            error={null}
            onChange={(chosen) => setDigest(chosen.includes("digest"))}
          />
          <Refusal>{errorOf("form")}</Refusal>
          <button type="submit" className="button button-main" disabled={add.isPending}>
            Add
          </button>
        </form>
      )}
    </SidePanel>
  );
}
