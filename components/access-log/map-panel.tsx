"use client";
/** Says where an HTTP server's log has what, on some of its own lines. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useDeferredValue } from "react";
import type { RequestPath } from "../../lib/ingest/adapters/scim/request-map.ts";
import { errorsOf } from "../data/refusals.ts";
import { useActOn } from "../data/use-act-on.ts";
import { FormButtons } from "../ui/dialog-form.tsx";
import { Field, Refusal, SelectField, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { keepMap, mappingQuery, previewQuery, type SourceMap } from "./map-query.ts";
import { PreviewList } from "./preview-list.tsx";
import {
  FIELD_WORDS,
  FIELDS,
  type RequestMap,
  serviceNamed,
  withField,
  withService,
} from "./request-fields.ts";

export interface MapDraft extends SourceMap {
  /** Lines of the log. */
  text: string;
}

export const EMPTY_MAP: MapDraft = { source: "", map: {}, text: "" };

function FieldChoice({
  label,
  value,
  paths,
  onChange,
}: {
  label: string;
  value: string;
  paths: readonly RequestPath[];
  onChange: (path: string) => void;
}) {
  // What was named stays to be seen, also where these lines don't have it.
  const others =
    value === "" || paths.some(({ path }) => path === value) ? [] : [{ path: value, example: "" }];
  const words = ({ path, example }: RequestPath) => (example === "" ? path : `${path}: ${example}`);
  return (
    <SelectField
      label={label}
      value={value}
      options={[
        ["", "By its usual names"],
        ...[...others, ...paths].map((one) => [one.path, words(one)] as const),
      ]}
      onChange={onChange}
    />
  );
}

/** The mapping that the source has, to be taken up or taken away. */
function KeptMap({ source, onUse }: { source: string; onUse: (map: RequestMap) => void }) {
  const { data } = useQuery(mappingQuery(useDeferredValue(source.trim())));
  const fields = FIELDS.filter((field) => data?.map[field] !== undefined);
  if (data === undefined || fields.length === 0) return null;
  return (
    <p className="text-sm">
      {data.source} has a mapping:{" "}
      {fields.map((field) => `${FIELD_WORDS[field]} ${data.map[field]?.replace(/^=/u, "")}`).join(", ")}.{" "}
      <button type="button" className="link" onClick={() => onUse(data.map)}>
        Begin with it
      </button>
    </p>
  );
}

interface Props {
  draft: MapDraft;
  onDraft: (draft: MapDraft) => void;
  /** After it was kept. @param before what the source had. */
  onKept: (kept: SourceMap, before: RequestMap) => void;
  onClose: () => void;
}

export function MapPanel({ draft, onDraft, onKept, onClose }: Props) {
  const { source, map, text } = draft;
  const preview = useQuery(previewQuery(useDeferredValue(text), useDeferredValue(map)));
  const keep = useActOn("request-map", async (wanted: SourceMap) => {
    const { before } = await keepMap(wanted);
    onKept(wanted, before);
  });
  const errorOf = errorsOf(keep.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate({ source: source.trim(), map });
  };
  const paths = preview.data?.paths ?? [];
  return (
    <SidePanel title="Map an access log" onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <TextField
          label="Name of the source"
          help="Files and uploads under this name are read so from then on."
          error={errorOf("source")}
          autoComplete="off"
          maxLength={63}
          placeholder="gateway"
          value={source}
          onChange={(changed) => onDraft({ ...draft, source: changed })}
        />
        <KeptMap source={source} onUse={(kept) => onDraft({ ...draft, map: kept })} />
        <Field
          label="Some lines of the log"
          help="One JSON object a line, or the common log format. They are looked at and not kept."
          error={preview.error?.message ?? null}
        >
          {(control) => (
            <textarea
              className="field h-36 w-full font-mono text-sm"
              {...control}
              spellCheck={false}
              maxLength={200_000}
              value={text}
              onChange={(event) => onDraft({ ...draft, text: event.target.value })}
            />
          )}
        </Field>
        {paths.length === 0 ? null : (
          <fieldset className="grid gap-3 sm:grid-cols-2">
            <legend className="mb-2 font-medium">Where each field stands</legend>
            {FIELDS.map((field) => (
              <FieldChoice
                key={field}
                label={FIELD_WORDS[field]}
                value={field === "service" && serviceNamed(map) !== "" ? "" : (map[field] ?? "")}
                paths={paths}
                onChange={(path) => onDraft({ ...draft, map: withField(map, field, path) })}
              />
            ))}
          </fieldset>
        )}
        <TextField
          label="Application of all lines"
          help="Where no field says it, as your identity provider calls it."
          autoComplete="off"
          maxLength={100}
          value={serviceNamed(map)}
          onChange={(name) => onDraft({ ...draft, map: withService(map, name) })}
        />
        {preview.data === undefined || text.trim() === "" ? null : <PreviewList lines={preview.data.lines} />}
        <Refusal>{errorOf("form")}</Refusal>
        <FormButtons act="Keep this mapping" busy={keep.isPending} onCancel={onClose} />
      </form>
    </SidePanel>
  );
}
