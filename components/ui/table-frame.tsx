/** A table that is there as a whole: its head, and a body of the rows that its page draws. */
import type { ReactNode, Ref } from "react";
import { Scrolling } from "./scrolling.tsx";

/** The head of a column. */
export interface Head {
  head: string;
  /** Whether numbers stand below it. */
  number?: boolean;
  /** Drawn instead of the words. */
  drawn?: ReactNode;
}

/** A head that only those hear who can't see that the column is one of buttons. */
export const unseen = (head: string): Head => ({ head, drawn: <span className="sr-only">{head}</span> });

interface Props {
  /** From left to right, each another; null for a column that this page leaves out. */
  heads: readonly (string | Head | null)[];
  /** What is in it, for those who can't see it. */
  caption?: string;
  /** Where the rows hold no link or button: what keys move, by this name. */
  scrolling?: string;
  /** Around links that keys go through: of `useListKeys`. */
  list?: Ref<HTMLDivElement>;
  /** Of the element in which it scrolls. */
  className?: string;
  /** Rows. */
  children: ReactNode;
}

export function TableFrame({
  heads,
  caption,
  scrolling,
  list,
  className = "relative overflow-x-auto",
  children,
}: Props) {
  const table = (
    <table className="table">
      {caption === undefined ? null : <caption className="sr-only">{caption}</caption>}
      <thead>
        <tr>
          {heads.map((one) => {
            if (one === null) return null;
            const { head, number, drawn }: Head = typeof one === "string" ? { head: one } : one;
            return (
              <th key={head} scope="col" className={number ? "number" : undefined}>
                {drawn ?? head}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
  if (scrolling !== undefined) {
    return (
      <Scrolling label={scrolling} className={className}>
        {table}
      </Scrolling>
    );
  }
  return (
    <div ref={list} className={className}>
      {table}
    </div>
  );
}
