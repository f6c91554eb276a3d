"use client";
/** Where the application's SCIM service is, and whether access may be ended there: set by an admin, the token shown to nobody. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { ConnectionTold } from "../../lib/scim/connection.ts";
import type { Ending } from "../../lib/scim/end-access.ts";
import { sendJson } from "../data/api.ts";
import { type Choice, Choices, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Moment } from "../ui/when.tsx";

export interface ScimOf {
  /** Null while none is set. */
  connection: ConnectionTold | null;
}

const WRITING: readonly Choice[] = [
  {
    value: "writes",
    word: "Access may be ended there",
    means: "Whoever runs a review can hand its tasks to the service, and confirms each time.",
  },
];

const ENDINGS: readonly Choice[] = [
  { value: "deactivate", word: "Deactivate", means: "The account stays, and nobody can sign in with it." },
  { value: "delete", word: "Delete", means: "The account is gone: for services that can't deactivate." },
];

interface Entered {
  url: string;
  token: string | null;
  writes: boolean;
  ending: Ending;
}

function useConnection(application: string, onDone: () => void) {
  const router = useRouter();
  const address = `/api/v1/applications/${encodeURIComponent(application)}/scim`;
  return useMutation({
    mutationFn: (entered: Entered | null) =>
      entered === null ? sendJson(address, "DELETE") : sendJson(address, "PUT", entered),
    onSuccess: () => {
      onDone();
      router.refresh();
    },
  });
}

function Form({
  application,
  connection,
  onDone,
}: {
  application: string;
  connection: ConnectionTold | null;
  onDone: () => void;
}) {
  const [url, setUrl] = useState(connection?.url ?? "");
  const [token, setToken] = useState("");
  const [writes, setWrites] = useState(connection?.writes ?? false);
  const [ending, setEnding] = useState<Ending>(connection?.ending ?? "deactivate");
  const save = useConnection(application, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ url, token: token === "" ? null : token, writes, ending });
  };
  return (
    <form className="space-y-4" onSubmit={submit}>
      <p className="text-sm">
        {connection === null ? (
          "No SCIM service is set: what a review revokes is done at the application by hand, or by the ticket system."
        ) : (
          <>
            Set by {connection.setBy} on <Moment at={connection.setAt} />.
          </>
        )}
      </p>
      <TextField
        label="Address of the SCIM 2.0 service"
        help="What stands before /Users."
        error={save.error?.message ?? null}
        type="url"
        required
        placeholder="https://app.example.com/scim/v2"
        value={url}
        onChange={setUrl}
      />
      <TextField
        label="Bearer token"
        help={
          connection === null
            ? "Kept encrypted, and shown to nobody again."
            : "Left empty, the one that is set stays, while the address stays at the same host."
        }
        type="password"
        autoComplete="off"
        required={connection === null}
        value={token}
        onChange={setToken}
      />
      <Choices
        kind="checkbox"
        label="Writing"
        choices={WRITING}
        chosen={writes ? ["writes"] : []}
        error={null}
        onChange={(chosen) => setWrites(chosen.length > 0)}
      />
      <Choices
        kind="radio"
        label="How accounts end there"
        choices={ENDINGS}
        chosen={[ending]}
        error={null}
        onChange={([chosen]) => setEnding(chosen as Ending)}
      />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {connection === null ? "Set" : "Save"}
        </button>
        {connection === null ? null : (
          <button
            type="button"
            className="button"
            disabled={save.isPending}
            onClick={() => save.mutate(null)}
          >
            Take away
          </button>
        )}
      </div>
    </form>
  );
}

const told = ({ url, writes, ending }: ConnectionTold): string => {
  if (!writes) return "nothing: its SCIM service allows no writing";
  return `${ending === "delete" ? "accounts are deleted" : "accounts are deactivated"} by SCIM at ${new URL(url).host}`;
};

export function Scim({ application, scim: { connection } }: { application: string; scim: ScimOf }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        {connection === null ? "nothing: no SCIM service is set" : told(connection)}
        <button type="button" className="link" onClick={() => setOpen(true)}>
          {connection === null ? "Set SCIM service" : "Change SCIM service"}
        </button>
      </span>
      {open ? (
        <SidePanel title={`SCIM service of ${application}`} onClose={() => setOpen(false)}>
          <Form application={application} connection={connection} onDone={() => setOpen(false)} />
        </SidePanel>
      ) : null}
    </>
  );
}
