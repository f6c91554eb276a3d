/** A gap of a source in words and by the reader's clock: part of a sentence. */
import type { SourceGap } from "../../lib/reports/contract.ts";
import { gapWords } from "./gap-words.ts";
import { LocalDay, LocalMoment } from "./local-moment.tsx";

export function GapText({ gap }: { gap: SourceGap }) {
  const { before, exact, after } = gapWords(gap);
  const Told = exact === "day" ? LocalDay : LocalMoment;
  return (
    <>
      {before} from <Told at={gap.from} /> to <Told at={gap.to} />
      {after}
    </>
  );
}
