"use client";
/** What a check of the application's SCIM service will do, and the button that begins it. */
import { type FormEvent, useState } from "react";
import type { Level } from "../../lib/conformance/finding.ts";
import type { ConnectionTold } from "../../lib/scim/connection.ts";
import { useBegin } from "../jobs/use-begin.ts";
import { Refusal } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { LevelChoice } from "./level-choice.tsx";

export function ConformanceForm({
  connection,
  onClose,
}: {
  connection: ConnectionTold;
  onClose: () => void;
}) {
  const [level, setLevel] = useState<Level>("read");
  const begin = useBegin("/api/v1/conformance", onClose);
  const { application, url, writes } = connection;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ application, level });
  };
  return (
    <SidePanel title={`Check conformance of ${application}`} onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <p className="text-sm">
          The SCIM service at {new URL(url).host} is held against RFC 7643, RFC 7644 and RFC 9865. The report
          names nobody and can be sent to the application's vendor. It takes a minute or two, and goes on when
          you leave the page.
        </p>
        <LevelChoice level={level} writes={writes} onChange={setLevel} />
        <Refusal>{begin.error?.message}</Refusal>
        <button type="submit" className="button button-main" disabled={begin.isPending}>
          Begin
        </button>
      </form>
    </SidePanel>
  );
}
