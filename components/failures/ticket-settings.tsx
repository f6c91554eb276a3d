"use client";
/** Where tickets go: an admin sets the address and sees the secret that calls are signed with, once. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { fetchJson, sendJson } from "../data/api.ts";
import { TextField } from "../ui/field.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Moment } from "../ui/when.tsx";

interface Webhook {
  url: string | null;
  setAt: string | null;
  setBy: string | null;
}

const KEY = ["ticket-webhook"];
const ADDRESS = "/api/v1/failures/webhook";

function Form({ set }: { set: Webhook }) {
  const client = useQueryClient();
  const router = useRouter();
  const [url, setUrl] = useState(set.url ?? "");
  const save = useMutation({
    mutationFn: (address: string | null) =>
      sendJson<{ secret: string | null }>(ADDRESS, "PUT", { url: address }),
    onSuccess: async (_, address) => {
      if (address === null) setUrl("");
      await client.invalidateQueries({ queryKey: KEY });
      router.refresh();
    },
  });
  const secret = save.data?.secret ?? null;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(url);
      }}
    >
      <p className="text-sm">
        {set.url === null || set.setAt === null ? (
          "No address is set: failures can't be sent anywhere."
        ) : (
          <>
            Set by {set.setBy} on <Moment at={set.setAt} />.
          </>
        )}
      </p>
      <TextField
        label="Address of the webhook"
        help="Gets a POST with the failure group as JSON and a link to it, signed as Standard Webhooks says."
        error={save.error?.message ?? null}
        type="url"
        required
        placeholder="https://tickets.example.com/hooks/rollcall"
        value={url}
        onChange={setUrl}
      />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {set.url === null ? "Set" : "Set anew, with a new secret"}
        </button>
        {set.url === null ? null : (
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
      {secret === null ? null : <SecretOnce label="Secret, shown this once" secret={secret} />}
    </form>
  );
}

export function TicketSettings({ onClose }: { onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => fetchJson<Webhook>(ADDRESS, { signal }),
    staleTime: 0,
  });
  return (
    <SidePanel title="Ticket system" onClose={onClose}>
      {error === null ? null : <p role="alert">{error.message}</p>}
      {data === undefined ? null : <Form set={data} />}
    </SidePanel>
  );
}
