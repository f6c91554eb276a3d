/** Decisions of a review from a table: the columns item, decision, reason, remove, and version. Pure. */
import { parse } from "csv-parse/sync";
import { DECISIONS, type DecisionInput, type ReviewItemRow } from "../reviews/contract.ts";
import { UsageProblem } from "./context.ts";

type Said = DecisionInput["decision"];

const KNOWN = ["item", "decision", "reason", "remove", "version"];

/** @throws {UsageProblem} */
export function decisionOf(text: string): Said {
  const said = text.trim().toLowerCase();
  if (said === "withdraw" || (DECISIONS as readonly string[]).includes(said)) return said as Said;
  throw new UsageProblem(`A decision is one of ${DECISIONS.join(", ")} or withdraw, not "${text}".`);
}

/** Finds items by their id or their key. */
export function itemFinder(rows: readonly ReviewItemRow[]): (name: string) => ReviewItemRow {
  const byName = new Map(rows.flatMap((row) => [[row.item, row] as const, [row.key, row] as const]));
  return (name) => {
    const row = byName.get(name.trim());
    if (row === undefined) throw new UsageProblem(`This review has no item "${name}".`);
    return row;
  };
}

const versionOf = (text: string, line: number): number => {
  const version = Number(text);
  if (Number.isSafeInteger(version) && version > 0) return version;
  throw new UsageProblem(`Line ${line}: a version is a whole number, not "${text}".`);
};

/**
 * @param text with a header line; other columns than the known ones are passed over. Without a version the item is decided
 *   as it stands now.
 * @throws {UsageProblem} that names the line.
 */
export function decisionsOfTable(text: string, rows: readonly ReviewItemRow[]): DecisionInput[] {
  let records: Record<string, string>[];
  try {
    records = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
    }) as Record<string, string>[];
  } catch (error) {
    throw new UsageProblem(`The decisions are no table in CSV: ${(error as Error).message}`);
  }
  const [first] = records;
  if (first === undefined) throw new UsageProblem("The table holds no decisions.");
  if (first.item === undefined || first.decision === undefined)
    throw new UsageProblem(
      `The table's header must name item and decision; it may name ${KNOWN.slice(2).join(", ")}.`,
    );
  const find = itemFinder(rows);
  return records.map(({ item = "", decision = "", reason = "", remove = "", version = "" }, i) => {
    const row = find(item);
    return {
      item: row.item,
      version: version === "" ? row.version : versionOf(version, i + 2),
      decision: decisionOf(decision),
      reason: reason === "" ? undefined : reason,
      remove: remove
        .split(";")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    };
  });
}
