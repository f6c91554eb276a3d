"use client";
/** Saved views of a table: choosing one, saving what is shown, deleting one and taking that back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { View, ViewsList } from "../../lib/views/list-views.ts";
import { sendJson } from "../data/api.ts";
import { goTo } from "../data/use-address.ts";
import { Refusal } from "../ui/field.tsx";
import { Popover } from "../ui/popover.tsx";
import { Problem } from "../ui/problem.tsx";
import { Toast } from "../ui/toast.tsx";
import { viewsQuery } from "./views-query.ts";

/** Sends something, after which the menu shows what is so now. */
function useSend<Input>(page: string, send: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: viewsQuery(page).queryKey }),
  });
}

function SaveForm({ page, shares }: { page: string; shares: boolean }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useSend(page, () =>
    sendJson("/api/v1/views", "POST", {
      page,
      name,
      query: window.location.search.replace(/^\?/u, ""),
      shared,
    }).then(() => setName("")),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="mt-3 border-t border-line pt-3">
      <input
        aria-label="Name of the view"
        placeholder="Name of the view"
        className="field mb-2 w-full"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {shares ? (
        <label className="mb-2 flex items-center gap-2">
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          For everybody here
        </label>
      ) : null}
      <button type="submit" className="button" disabled={save.isPending}>
        Save what is shown
      </button>
      <Refusal>{save.error?.message}</Refusal>
    </form>
  );
}

function Views({
  list,
  onChoose,
  onDelete,
}: {
  list: ViewsList;
  onChoose: (view: View) => void;
  onDelete: (view: View) => void;
}) {
  if (list.views.length === 0)
    return <p className="text-soft">No view is saved. A view keeps filters, order and columns.</p>;
  return (
    <ul>
      {list.views.map((view) => (
        <li key={view.view} className="flex items-center gap-1">
          <button
            type="button"
            className="min-w-0 flex-1 truncate rounded px-1 py-1 text-left hover:bg-sunken"
            title={view.name}
            onClick={() => onChoose(view)}
          >
            {view.name}
            {view.own ? null : <span className="text-soft"> by {view.by}</span>}
            {view.own && view.shared ? <span className="text-soft"> for everybody</span> : null}
          </button>
          {view.deletable ? (
            <button
              type="button"
              className="rounded px-2 py-1 text-soft hover:bg-sunken hover:text-ink"
              aria-label={`Delete the view ${view.name}`}
              onClick={() => onDelete(view)}
            >
              ×
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export function ViewsMenu({ page }: { page: string }) {
  const [open, setOpen] = useState(false);
  const [deleted, setDeleted] = useState<View | null>(null);
  const views = useQuery({ ...viewsQuery(page), enabled: open });
  const remove = useSend(page, (view: View) =>
    sendJson(`/api/v1/views/${view.view}`, "DELETE").then(() => setDeleted(view)),
  );
  const restore = useSend(page, (view: View) =>
    sendJson(`/api/v1/views/${view.view}/restore`, "POST").then(() => setDeleted(null)),
  );
  return (
    <>
      <Popover button="Views" title="Views" open={open} onOpen={setOpen}>
        <h3 className="mb-2 font-medium">Views</h3>
        {views.error === null ? null : (
          <Problem error={views.error} retry={() => void views.refetch()} since={views.dataUpdatedAt} />
        )}
        {views.data === undefined ? (
          <p role="status">Looking …</p>
        ) : (
          <>
            <Views
              list={views.data}
              onChoose={(view) => {
                goTo(new URLSearchParams(view.query));
                setOpen(false);
              }}
              onDelete={(view) => remove.mutate(view)}
            />
            <Refusal>{remove.error?.message}</Refusal>
            <SaveForm page={page} shares={views.data.shares} />
          </>
        )}
      </Popover>
      {deleted === null ? null : (
        <Toast
          key={deleted.view}
          act="Undo"
          busy={restore.isPending}
          onAct={() => restore.mutate(deleted)}
          onClose={() => setDeleted(null)}
        >
          The view {deleted.name} is deleted.
          <Refusal>{restore.error?.message}</Refusal>
        </Toast>
      )}
    </>
  );
}
