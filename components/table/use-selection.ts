"use client";
/** The rows that are selected, by their keys: they stay so while others are drawn. */
import { useCallback, useState } from "react";

export interface Selected<Row> {
  rows: ReadonlyMap<string, Row>;
  toggle: (key: string, row: Row) => void;
  /** Selects these too. */
  add: (rows: Iterable<readonly [key: string, row: Row]>) => void;
  clear: () => void;
}

/** @param of what is selected from: another query begins anew. */
export function useSelection<Row>(of: string): Selected<Row> {
  const [kept, setKept] = useState<{ of: string; rows: ReadonlyMap<string, Row> }>({ of, rows: new Map() });
  const rows = kept.of === of ? kept.rows : new Map<string, Row>();
  const toggle = (key: string, row: Row) => {
    const next = new Map(rows);
    if (!next.delete(key)) next.set(key, row);
    setKept({ of, rows: next });
  };
  const add = (more: Iterable<readonly [string, Row]>) => setKept({ of, rows: new Map([...rows, ...more]) });
  const clear = useCallback(() => setKept((now) => ({ of: now.of, rows: new Map() })), []);
  return { rows, toggle, add, clear };
}
