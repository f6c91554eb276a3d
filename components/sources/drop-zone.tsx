"use client";
/** Where files are dropped or chosen, with what happens to them beneath. */
import { type DragEvent, useId, useState } from "react";
import { UploadLine } from "./upload-line.tsx";
import { useUploads } from "./use-uploads.ts";

const FORMATS =
  "Logs of Okta, Microsoft Entra, WorkOS, GitHub, Google Workspace, JumpCloud, OneLogin, SCIM servers; Security Event Tokens: JSON or NDJSON. People from HR, Entra's portal: CSV. Plain, gzip or zstd.";

export function DropZone() {
  const { uploads, send } = useUploads();
  const [over, setOver] = useState(false);
  const [source, setSource] = useState("");
  const [customer, setCustomer] = useState("");
  const id = useId();
  const take = (files: FileList | null) => send([...(files ?? [])], { source, customer });
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section aria-label="Add files">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={`flex min-h-28 cursor-pointer flex-col items-center justify-center gap-1 rounded-md border border-dashed px-4 py-5 text-center focus-within:outline-2 focus-within:outline-accent ${
          over ? "border-accent bg-sunken" : "border-strong-line hover:bg-sunken"
        }`}
      >
        <span>
          Drop a file here, or <span className="text-accent underline underline-offset-2">choose files</span>
        </span>
        <span className="text-sm text-soft">{FORMATS}</span>
        <input
          id={id}
          type="file"
          multiple
          className="sr-only"
          onChange={(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
      </label>
      <details className="mt-2 text-sm">
        <summary className="w-fit cursor-pointer text-soft hover:text-ink">
          Name the source or its customer
        </summary>
        <div className="mt-2 flex flex-wrap gap-4">
          <label className="flex items-center gap-2">
            Source
            <input
              className="field"
              placeholder="by its format"
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          </label>
          <label className="flex items-center gap-2">
            Customer
            <input
              className="field"
              placeholder="none"
              value={customer}
              onChange={(event) => setCustomer(event.target.value)}
            />
          </label>
        </div>
      </details>
      {uploads.length === 0 ? null : (
        <ul aria-label="Files" className="mt-3">
          {uploads.map((upload) => (
            <UploadLine key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </section>
  );
}
