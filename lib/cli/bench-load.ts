/** How `rollcall bench` tells of an installation under load. */
import Table from "cli-table3";
import type { FaultOutcome, FaultsBench } from "../load/faults.ts";
import type { KindFigures } from "../load/latency.ts";
import type { LoadBench, LoadFigures } from "../load/run.ts";
import type { SoakBench } from "../load/soak.ts";

const whole = (ms: number | null): string => (ms === null ? "–" : ms < 10 ? ms.toFixed(1) : ms.toFixed(0));

/** What was asked, how long it took, and what failed. */
function kindsTable(kinds: readonly KindFigures[]): string {
  const table = new Table({
    head: ["", "requests", "p50 ms", "p95 ms", "p99 ms", "most ms", "errors"],
    style: { head: [], border: [] },
  });
  for (const { kind, requests, errors, p50Ms, p95Ms, p99Ms, maxMs } of kinds) {
    const failed = Object.entries(errors).map(([error, times]) => `${times} × ${error}`);
    table.push([kind, requests, ...[p50Ms, p95Ms, p99Ms, maxMs].map(whole), failed.join(", ")]);
  }
  return table.toString();
}

/** Whether all is there that was sent, in a sentence. */
function keptSentence({ records, decisions }: Pick<LoadBench, "records" | "decisions">): string {
  const { sent, lost, doubled, strange } = records;
  const n = (count: number) => count.toLocaleString("en-GB");
  return `Of ${n(sent)} records ${lost} are lost, ${doubled} doubled, ${strange} nobody sent; of ${n(decisions.acknowledged)} decisions ${decisions.lost} are lost.`;
}

/** @param figures those of a run that held all that was sent against what is there say that, too. */
export function loadTable(figures: LoadFigures & Partial<Pick<LoadBench, "records" | "decisions">>): string {
  const { records, decisions } = figures;
  const memory = Object.entries(figures.memoryPeakMb).map(([name, most]) => `${name}: ${most} MB`);
  return [
    kindsTable(figures.kinds),
    ...(records && decisions ? [keptSentence({ records, decisions })] : []),
    `Memory at most: ${memory.join(", ")}. Connections to PostgreSQL at most: ${figures.connections}.`,
    ...figures.broken.map((what) => `Broken in the end: ${what}`),
  ].join("\n");
}

/** What was told to those who asked, in few words. */
const toldIn = ({ told }: FaultOutcome): string =>
  told
    .map(
      ({ error, times, retryAfter }) =>
        `${times} × ${error}${retryAfter === null ? "" : `, again in ${retryAfter} s`}`,
    )
    .join("; ") || "nothing";

export function faultsTable({ faults, ...kept }: FaultsBench): string {
  const table = new Table({
    head: ["fault", "requests", "served", "told", "back after s", "wrong"],
    style: { head: [], border: [] },
  });
  for (const fault of faults) {
    const { name, skipped, requests, served, backSeconds, wrong } = fault;
    if (skipped === null)
      table.push([
        name,
        requests,
        served,
        toldIn(fault),
        backSeconds ?? "never",
        wrong.join("; ") || "nothing",
      ]);
    else table.push([name, "–", "–", `not tried: ${skipped}`, "–", "–"]);
  }
  return `${table.toString()}\n${keptSentence(kept)}`;
}

export function soakTable({ trends, ...figures }: SoakBench): string {
  const table = new Table({
    head: ["in the second half", "mean", "rise", "allowed", ""],
    style: { head: [], border: [] },
  });
  for (const { what, mean, rise, allowed, flat } of trends)
    table.push([what, mean.toFixed(0), rise.toFixed(1), allowed.toFixed(0), flat ? "flat" : "rises"]);
  return `${loadTable(figures)}\n${table.toString()}`;
}
