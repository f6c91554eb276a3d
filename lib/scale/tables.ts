/** Sizing and simulation as tables of Markdown: what `rollcall bench --scale` prints stands in docs/scale.md as it is. */
import type { Simulation } from "./simulate.ts";
import type { Sizing } from "./sizing.ts";

const DIGITS = 3;

const number = (value: number): string =>
  Number(value.toPrecision(DIGITS)).toLocaleString("en-GB", { maximumSignificantDigits: DIGITS });

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];

/** Of 1,000 each, as disks are sold. */
function bytesText(bytes: number): string {
  const unit = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return `${number(bytes / 1_000 ** unit)} ${UNITS[unit]}`;
}

function timeText(seconds: number): string {
  if (seconds < 120) return `${number(seconds)} s`;
  if (seconds < 7_200) return `${number(seconds / 60)} min`;
  return seconds < 172_800 ? `${number(seconds / 3_600)} h` : `${number(seconds / 86_400)} d`;
}

const percent = (share: number): string => `${number(share * 100)} %`;

/** @param rows the first is the head; all but the first column stand to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [head = [], ...others] = rows;
  return [
    line(head),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...others.map(line),
  ].join("\n");
}

const turned = (rows: readonly (readonly string[])[]): string[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ""));

/** What each size needs, a column each. */
export function sizingTable(sizings: readonly Sizing[]): string {
  const head = [
    "",
    "workspaces",
    "records a second, busiest",
    "as sent",
    "on disk",
    "on disk with standbys",
    "nodes by disk",
    "nodes by ingest",
    "nodes by fingerprints in memory",
    "nodes needed",
    "a shard, on average",
    "to move one",
    "segments, all full",
    "segments, one an arrival",
    "segment numbers end after",
    "rebuild of an average workspace",
  ];
  const columns = sizings.map((size) => [
    `${size.events.toLocaleString("en-GB")} records`,
    size.workspaces.toLocaleString("en-GB"),
    `${number(size.perSecond)}, ${number(size.peakPerSecond)}`,
    bytesText(size.rawBytes),
    bytesText(size.diskBytes),
    bytesText(size.copiedBytes),
    `${size.nodes.disk}`,
    `${size.nodes.ingest}`,
    `${size.nodes.cache}`,
    `${size.nodes.needed}`,
    bytesText(size.shardBytes),
    timeText(size.moveShardSeconds),
    number(size.segments.full),
    number(size.segments.likely),
    size.segmentsEndAfterYears === null ? "–" : `${number(size.segmentsEndAfterYears)} years`,
    timeText(size.rebuildSeconds),
  ]);
  return table(turned([head, ...columns]));
}

/** What becomes of the shards when nodes are added, a column for each number of them. */
export function rebalanceTable(simulations: readonly Simulation[]): string {
  const head = [
    "",
    "fullest node ÷ average, as placed",
    "with the new nodes empty",
    "after moving",
    "shards moved",
    "bytes moved",
    "of all bytes",
    "one after another",
  ];
  const columns = simulations.map(({ settings, before, withNew, after, moves, moved, seconds }) => [
    `${settings.shards} shards`,
    number(before),
    number(withNew),
    number(after),
    `${moves}`,
    bytesText(moved),
    percent(moved / settings.bytes),
    timeText(seconds),
  ]);
  return table(turned([head, ...columns]));
}

/** What the biggest workspace does to its node, and what isolating it changes. */
export function hotTable({ settings, shared, isolated, alone }: Simulation): string {
  return table([
    [
      "the biggest workspace",
      "of its shard",
      "of its node",
      "its node ÷ average",
      "bytes moved",
      "the others' fullest ÷ average",
    ],
    [
      "beside others in a shard",
      percent(shared.shareOfShard),
      percent(shared.shareOfNode),
      number(shared.node),
      "–",
      "–",
    ],
    [
      "in a shard of its own, moved again",
      percent(isolated.shareOfShard),
      percent(isolated.shareOfNode),
      number(isolated.node),
      bytesText(isolated.moved),
      "–",
    ],
    [
      "alone on a node",
      percent(alone.shareOfShard),
      percent(alone.shareOfNode),
      number(alone.node),
      `${bytesText(alone.moved)} of ${bytesText(settings.bytes)}`,
      number(alone.others),
    ],
  ]);
}

/** How the biggest workspaces' sizes go by how heavy the tail is. */
export function tailTable(simulations: readonly Simulation[]): string {
  return table([
    [
      "tail",
      "the biggest has",
      "the biggest ten",
      "the biggest hundredth",
      "fullest node ÷ average, as placed",
      "after moving",
    ],
    ...simulations.map(({ settings, biggest, before, after }) => [
      `${settings.tail}`,
      percent(biggest.one),
      percent(biggest.ten),
      percent(biggest.hundredth),
      number(before),
      number(after),
    ]),
  ]);
}
