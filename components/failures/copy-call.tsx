"use client";
/** The call that makes the source try again, and the button that copies it. */
import { useRef, useState } from "react";
import type { FailureRetry } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";

const SAID = {
  no: "",
  copied: "Copied.",
  // Browsers let pages copy over https and on the machine itself only.
  selected: "Selected: copy it with Ctrl C or ⌘ C.",
};

export function CopyCall({ retries }: { retries: readonly FailureRetry[] }) {
  const shown = useRef<HTMLPreElement>(null);
  const [said, setSaid] = useState<keyof typeof SAID>("no");
  const [first] = retries;
  if (first === undefined) {
    return (
      <p className="text-sm text-soft">
        No call can be made from these records: the source has none, the record lacks its ids, or nothing is
        open.
      </p>
    );
  }
  const calls = retries.map(({ name, call }) => `# ${name.replaceAll(/\s+/gu, " ")}\n${call}`).join("\n");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${calls}\n`);
      setSaid("copied");
    } catch {
      if (shown.current !== null) window.getSelection()?.selectAllChildren(shown.current);
      setSaid("selected");
    }
  };
  return (
    <div className="space-y-2 text-sm">
      <p>
        {first.does}{" "}
        <a href={first.docs} className="link" target="_blank" rel="noreferrer">
          The vendor on this call
        </a>
      </p>
      {first.before === null ? null : <p className="text-soft">{first.before}</p>}
      <pre ref={shown} className="record max-h-48 overflow-y-auto">
        {calls}
      </pre>
      <div className="flex items-center gap-3">
        <button type="button" className="button" onClick={() => void copy()}>
          Copy as {retries.length === 1 ? "call" : plural(retries.length, "call")}
        </button>
        <span role="status" className="text-soft">
          {SAID[said]}
        </span>
      </div>
      <p className="text-soft">The host and the token are variables of your shell; no secret is in it.</p>
    </div>
  );
}
