"use client";
/** The story of a failure group beside the queue. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { FailureRow } from "../../lib/reports/contract.ts";
import { plain } from "../format/words.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import type { Desk } from "./acts.ts";
import { whatOf } from "./choose.ts";
import { Story } from "./story.tsx";
import { storyQuery } from "./story-query.ts";
import type { Acts } from "./use-acts.ts";

interface Props {
  row: FailureRow;
  asOf: string;
  desk: Desk;
  acts: Acts;
  onEvent: (id: string) => void;
  onClose: () => void;
}

export function FailurePanel({ row, asOf, onClose, ...rest }: Props) {
  const { data, error, refetch } = useQuery(storyQuery(row.id, useSearchParams().get("asOf")));
  return (
    <SidePanel title={`${whatOf(row)} fails, ${plain(row.errorClass)}`} onClose={onClose}>
      <p className="mb-3 text-sm">
        <Link href={`/failures/${row.id}`} prefetch={false} className="link">
          On a page of its own
        </Link>
      </p>
      <Story {...rest} row={row} asOf={asOf} story={data} error={error} retry={() => void refetch()} />
    </SidePanel>
  );
}
