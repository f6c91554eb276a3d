"use client";
/** The keys, shown by "?". */
import { useEffect, useRef } from "react";

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["⌘ K", "Ctrl K"], "find a page, a person or an application"],
  [["j", "k"], "next and previous row"],
  [["Enter", "o"], "open the row"],
  [["x"], "select the row of a table"],
  [["Home", "End"], "first and last row of a table"],
  [["←", "↑", "→", "↓"], "move through the coverage map"],
  [["x"], "select the failure, or take it from the selection"],
  [["e"], "acknowledge what is selected, else the failure in focus"],
  [["a", "s", "n"], "assign, snooze, note it"],
  [["y", "r", "c", "s"], "of an item under review: keep, revoke, change, can't say"],
  [["u"], "take back what was last decided of failures or items"],
  [["Esc"], "close what is open, end the selection"],
  [["?"], "these keys"],
];

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (ref.current?.open === false) ref.current.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label="Keys"
      onClose={onClose}
      closedby="any"
      className="w-[min(420px,92vw)] rounded-md border border-line p-5 shadow-xl"
    >
      <h2 className="mb-3">Keys</h2>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2 text-sm">
        {KEYS.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="key">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button mt-4" onClick={() => ref.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
