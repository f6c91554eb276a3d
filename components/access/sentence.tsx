/** Who can come in, and what of it is worth a question. */
import type { ReactNode } from "react";
import { plural } from "../format/number.ts";
import type { Remark } from "./remarks.ts";

const Figure = ({ to, children }: { to: string; children: ReactNode }) => (
  <a href={`#${to}`} className="figure">
    {children}
  </a>
);

interface Props {
  /** Who can come in; null for whoever sees their own tokens alone. */
  people: number | null;
  tokens: number;
  remarks: readonly Remark[];
}

export function Sentence({ people, tokens, remarks }: Props) {
  return (
    <>
      {people === null ? null : (
        <>
          <Figure to="members">{plural(people, "person", "people")}</Figure> and{" "}
        </>
      )}
      <Figure to="tokens">
        {plural(
          tokens,
          people === null ? "token of yours" : "token",
          people === null ? "tokens of yours" : undefined,
        )}
      </Figure>{" "}
      can come in
      {remarks.map(({ to, count, says }, i) => (
        <span key={says}>
          {i === 0 ? "; " : ", "}
          <Figure to={to}>{count}</Figure> {says}
        </span>
      ))}
      .
    </>
  );
}
