"use client";
/** A secret that is shown this once, and the button that copies it. */
import { useId, useRef, useState } from "react";

const SAID = {
  no: "",
  copied: "Copied.",
  // Browsers let pages copy over https and on the machine itself only.
  selected: "Selected: copy it with Ctrl C or ⌘ C.",
};

export function SecretOnce({ label, secret }: { label: string; secret: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<keyof typeof SAID>("no");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setSaid("copied");
    } catch {
      field.current?.select();
      setSaid("selected");
    }
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={field}
          readOnly
          className="field min-w-0 grow font-mono text-xs"
          value={secret}
          onFocus={(event) => event.target.select()}
        />
        <button type="button" className="button" onClick={() => void copy()}>
          Copy
        </button>
      </div>
      <p role="status" className="mt-1 min-h-5 text-sm text-soft">
        {SAID[said]}
      </p>
    </div>
  );
}
