"use client";
/** Applications that nothing reaches, with all that waits for them. */
import type { FailureRow } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { blockedBy, isQuarantine, whatOf } from "./choose.ts";

export function Quarantines({ rows, onOpen }: { rows: readonly FailureRow[]; onOpen: (id: string) => void }) {
  const held = rows.filter((row) => isQuarantine(row) && row.state !== "resolved");
  if (held.length === 0) return null;
  return (
    <section aria-label="In quarantine" className="mb-4 space-y-2">
      {held.map((row) => {
        const blocked = blockedBy(rows, row);
        const accounts = blocked.reduce((sum, { open }) => sum + open, 0);
        return (
          <div key={row.id} className="border-l-2 border-bad bg-sunken px-3 py-2 text-sm">
            <p>
              <StateMark tone="bad" size={9} />{" "}
              <button type="button" className="link font-medium" onClick={() => onOpen(row.id)}>
                {row.application} is in quarantine
              </button>
              {row.age === null ? "" : ` for ${duration(row.age)}`}: nothing reaches it.{" "}
              {blocked.length === 0
                ? "Nothing else is known to wait."
                : `It holds up ${plural(blocked.length, "other cause")}, ${plural(accounts, "account")}:`}
            </p>
            <ul className="mt-1 flex flex-wrap gap-x-4">
              {blocked.map((one) => (
                <li key={one.id}>
                  <button type="button" className="link" onClick={() => onOpen(one.id)}>
                    {whatOf(one)}
                  </button>{" "}
                  <span className="text-soft">{plural(one.open, "account")}</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
