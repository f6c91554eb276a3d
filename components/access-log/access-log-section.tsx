"use client";
/** HTTP servers' logs whose names are not the usual ones, for whoever may bring records in. */
import { useState } from "react";
import { useMay } from "../data/permissions.ts";
import { useActOn } from "../data/use-act-on.ts";
import { usePanel } from "../data/use-address.ts";
import { NoticeBar } from "../ui/notice-bar.tsx";
import { EMPTY_MAP, MapPanel } from "./map-panel.tsx";
import { keepMap, type SourceMap } from "./map-query.ts";

const sentence = ({ source, map }: SourceMap): string =>
  Object.keys(map).length === 0
    ? `${source} is read by its usual names.`
    : `${source} is read by this mapping from now on.`;

function Section() {
  const panel = usePanel("map");
  const [draft, setDraft] = useState(EMPTY_MAP);
  const [done, setDone] = useState<{ text: string; before: SourceMap | null } | null>(null);
  const undo = useActOn("request-map", async (before: SourceMap) => {
    await keepMap(before);
    setDone({ text: `Undone: ${sentence(before)}`, before: null });
  });
  return (
    <section aria-labelledby="access-logs">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="access-logs">HTTP access logs</h2>
        <button type="button" className="button" onClick={() => panel.show("new")}>
          Map an access log
        </button>
      </div>
      <p className="max-w-[80ch] text-soft">
        The log of an application&rsquo;s SCIM service, or of the gateway before it, tells what really arrived
        there. Whatever its fields are called, say once where they stand, and see what its lines become.
      </p>
      {panel.open === "new" ? (
        <MapPanel
          draft={draft}
          onDraft={setDraft}
          onKept={(kept, before) => {
            setDone({ text: sentence(kept), before: { source: kept.source, map: before } });
            setDraft(EMPTY_MAP);
            panel.close();
          }}
          onClose={panel.close}
        />
      ) : null}
      <NoticeBar
        notice={done === null ? null : { text: done.text, bad: false, undo: done.before !== null }}
        undo={() => {
          if (done?.before != null) undo.mutate(done.before);
        }}
        dismiss={() => setDone(null)}
      />
    </section>
  );
}

/** Nothing for whoever may not bring records in. */
export const AccessLogSection = () => (useMay("ingest") ? <Section /> : null);
