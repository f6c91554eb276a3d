/** The table of all checks, as docs/conformance.md has it. */
import type { CheckAbout } from "../check.ts";

const HEADS = ["check", "holds", "requirement", "level", "severity", "proves"];

const cellsOf = ({ id, title, requirement, level, severity, capability }: CheckAbout): string[] => [
  `\`${id}\``,
  title.replaceAll("|", "\\|"),
  `${requirement.document} §${requirement.section}, ${requirement.level}${requirement.practice === undefined ? "" : ` (${requirement.practice})`}`,
  level,
  severity,
  capability ?? "",
];

/** A table in Markdown, its columns in line. */
export function checkRows(checks: readonly CheckAbout[]): string {
  const rows = [HEADS, ...checks.map(cellsOf)];
  const widths = HEADS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
