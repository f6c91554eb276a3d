"use client";
/** The panel of an item over the table: which one, j and k to the next, and the place in the table when it closes. */
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { ReviewItemRow, ReviewItemStory } from "../../lib/reviews/contract.ts";
import { usePanel } from "../data/use-address.ts";
import { itemQuery } from "../reviews/review-query.ts";
import type { TableHandle } from "../table/columns.ts";
import { isElsewhere } from "../ui/use-list-keys.ts";
import { PANEL } from "./use-item-acts.ts";

export interface ItemPanelState {
  /** The item that is shown; null: none. */
  item: string | null;
  /** As the server has told it; undefined until it is known. */
  row: ReviewItemRow | undefined;
  story: ReviewItemStory | undefined;
  error: Error | null;
  retry: () => void;
  open: (row: ReviewItemRow) => void;
  close: () => void;
}

export function useItemPanel(
  review: string,
  table: RefObject<TableHandle<ReviewItemRow> | null>,
): ItemPanelState {
  const panel = usePanel("item");
  const [given, setGiven] = useState<ReviewItemRow | null>(null);
  const place = useRef(-1);
  const item = panel.open;
  const { data, error, refetch } = useQuery({ ...itemQuery(review, item ?? ""), enabled: item !== null });
  const open = (row: ReviewItemRow) => {
    place.current = table.current?.at() ?? -1;
    setGiven(row);
    panel.show(row.item);
  };
  useEffect(() => {
    if (item === null) return;
    const onKey = (event: KeyboardEvent) => {
      const by = { j: 1, k: -1 }[event.key];
      if (by === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isElsewhere(event.target, PANEL)) return;
      const row = table.current?.rowAt(place.current + by);
      if (row === undefined) return;
      event.preventDefault();
      place.current += by;
      table.current?.goTo(place.current);
      setGiven(row);
      panel.show(row.item);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  return {
    item,
    row: data?.row ?? (given?.item === item ? (given ?? undefined) : undefined),
    story: data,
    error,
    retry: () => void refetch(),
    open,
    close: () => {
      panel.close();
      if (place.current >= 0) table.current?.goTo(place.current);
    },
  };
}
