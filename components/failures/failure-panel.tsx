"use client";
/** The story of a failure group beside the queue. */
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { FailureRow } from "../../lib/reports/contract.ts";
import { plain } from "../format/words.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import type { Desk } from "./acts.ts";
import { whatOf } from "./choose.ts";
import { Story } from "./story.tsx";
import type { Acts } from "./use-acts.ts";
import { useStory } from "./use-story.ts";

interface Props {
  row: FailureRow;
  asOf: string;
  desk: Desk;
  acts: Acts;
  onEvent: (id: string) => void;
  onClose: () => void;
}

export function FailurePanel({ row, asOf, onClose, ...rest }: Props) {
  const asked = useStory(row.id, useSearchParams().get("asOf"));
  return (
    <SidePanel title={`${whatOf(row)} fails, ${plain(row.errorClass)}`} onClose={onClose}>
      <p className="mb-3 text-sm">
        <Link href={`/failures/${row.id}`} prefetch={false} className="link">
          On a page of its own
        </Link>
      </p>
      <Story {...rest} {...asked} row={row} asOf={asOf} />
    </SidePanel>
  );
}
