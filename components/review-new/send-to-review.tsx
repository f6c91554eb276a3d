"use client";
/** Takes what is selected to the page that opens a review. */
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useMay } from "../data/permissions.ts";
import { accountItem, carryItems } from "./carried-items.ts";

/** More do not fit into an address, where the tab keeps nothing. */
const MOST_NAMED = 50;

export function SendToReview({ keys, children }: { keys: () => readonly string[]; children: string }) {
  const router = useRouter();
  const runs = useMay("run-reviews");
  if (!runs) return null;
  const send = () => {
    const chosen = keys();
    const named = carryItems(chosen) ? [] : chosen.slice(0, MOST_NAMED);
    const query = new URLSearchParams(named.map((key) => ["items", key])).toString();
    router.push(`/reviews/new${query === "" ? "" : `?${query}`}`);
  };
  return (
    <button type="button" className="button" onClick={send}>
      {children}
    </button>
  );
}

interface Account {
  application: string;
  account: string;
}

/** What a table of accounts offers for those that are selected; nothing for whoever opens no reviews. */
export function useSendAccounts(): ((rows: readonly Account[]) => ReactNode) | undefined {
  const runs = useMay("run-reviews");
  return runs
    ? (rows) => <SendToReview keys={() => rows.map(accountItem)}>Send to a review</SendToReview>
    : undefined;
}
