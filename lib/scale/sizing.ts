/**
 * How much of everything an installation needs, worked out from what was measured once (docs/performance.md) and from what is
 * assumed. Pure arithmetic: it says what the numbers lead to, not that anything of that size was ever run.
 */

export interface Assumptions {
  /** Bytes of a record as its vendor sends it. Measured on. */
  bytesARecord: number;
  /** Bytes on disk, of tables and indexes, for each of those. Measured at ten million records, in segments that are full. */
  diskShare: number;
  /** Of what is on disk, the fingerprints with their index; they are read and written at places that nobody can foresee. Measured. */
  indexShare: number;
  /** Records a second that one machine of 2 processors takes in, program and database together. Measured. */
  ingestPerSecond: number;
  /** Records a second of which it works out the read models anew. Measured. */
  rebuildPerSecond: number;
  /** Records of a full segment: half a megabyte. By the format. */
  recordsASegment: number;
  /** Segments are numbered by an integer. By the schema. */
  mostSegments: number;
  /** Years over which the records come in. Assumed. */
  years: number;
  /** The busiest second has so many times the records of the average one. Assumed. */
  peak: number;
  /** How often new records of a workspace arrive in a day, each time in a segment of its own: two sources, every 15 minutes. Assumed. */
  arrivalsADay: number;
  /** Disk of a node, and how full it may be. Assumed. */
  nodeDiskBytes: number;
  nodeFill: number;
  /** Memory of a node for the database's pages. Assumed. */
  nodeCacheBytes: number;
  /** Months whose fingerprints are looked up all the time: records come late, but seldom later. Assumed. */
  warmMonths: number;
  /** Each node has so many copies beside it that take over. They are no node here. Assumed. */
  standbys: number;
  /** Bytes a second at which a shard is moved. Assumed. */
  moveBytesPerSecond: number;
  shards: number;
}

export const ASSUMPTIONS: Assumptions = {
  bytesARecord: 2_160,
  diskShare: 0.36,
  indexShare: 0.16,
  ingestPerSecond: 13_336,
  rebuildPerSecond: 46_018,
  recordsASegment: 240,
  mostSegments: 2 ** 31 - 1,
  years: 5,
  peak: 5,
  arrivalsADay: 192,
  nodeDiskBytes: 4e12,
  nodeFill: 0.7,
  nodeCacheBytes: 64e9,
  warmMonths: 2,
  standbys: 1,
  moveBytesPerSecond: 100e6,
  shards: 128,
};

const DAY_SECONDS = 86_400;
const DAYS_A_YEAR = 365.25;

export interface Sizing {
  events: number;
  workspaces: number;
  /** Records a second, on average and in the busiest second. */
  perSecond: number;
  peakPerSecond: number;
  /** As the vendors sent them; on disk; on disk with the standbys' copies. */
  rawBytes: number;
  diskBytes: number;
  copiedBytes: number;
  /** Nodes by what each resource alone asks for, and the most of them. */
  nodes: { disk: number; ingest: number; cache: number; needed: number };
  /** Of fingerprints that are looked up all the time, on all nodes. */
  warmIndexBytes: number;
  /** On average; a big workspace's is bigger. */
  shardBytes: number;
  moveShardSeconds: number;
  /** Segments, when each is full, and when each arrival has its own. */
  segments: { full: number; likely: number };
  /** After so many years their numbers are used up; null: not within these years. */
  segmentsEndAfterYears: number | null;
  /** Of a workspace of average size, by one machine. */
  rebuildSeconds: number;
}

/** @param events that come in over all the years. @throws {RangeError} when nothing is to be sized. */
export function sizeOf(
  { events, workspaces }: { events: number; workspaces: number },
  a: Assumptions = ASSUMPTIONS,
): Sizing {
  if (!(events >= 1 && workspaces >= 1))
    throw new RangeError("There is at least one event and one workspace.");
  const days = a.years * DAYS_A_YEAR;
  const perSecond = events / (days * DAY_SECONDS);
  const rawBytes = events * a.bytesARecord;
  const diskBytes = rawBytes * a.diskShare;
  const warmIndexBytes = (diskBytes * a.indexShare * Math.min(a.warmMonths, a.years * 12)) / (a.years * 12);
  const nodes = {
    disk: Math.ceil(diskBytes / (a.nodeDiskBytes * a.nodeFill)),
    ingest: Math.ceil((perSecond * a.peak) / a.ingestPerSecond),
    cache: Math.ceil(warmIndexBytes / a.nodeCacheBytes),
  };
  const full = Math.ceil(events / a.recordsASegment);
  // No arrival is empty: there are no more of them than records.
  const arrivals = Math.min(events, workspaces * a.arrivalsADay * days);
  const likely = Math.max(full, Math.round(arrivals));
  return {
    events,
    workspaces,
    perSecond,
    peakPerSecond: perSecond * a.peak,
    rawBytes,
    diskBytes,
    copiedBytes: diskBytes * (1 + a.standbys),
    nodes: { ...nodes, needed: Math.max(nodes.disk, nodes.ingest, nodes.cache) },
    warmIndexBytes,
    shardBytes: diskBytes / a.shards,
    moveShardSeconds: diskBytes / a.shards / a.moveBytesPerSecond,
    segments: { full, likely },
    segmentsEndAfterYears: likely > a.mostSegments ? (a.years * a.mostSegments) / likely : null,
    rebuildSeconds: events / workspaces / a.rebuildPerSecond,
  };
}

/** From one company to ten thousand. */
export const SIZES: readonly { events: number; workspaces: number }[] = [
  { events: 1e7, workspaces: 1 },
  { events: 1e8, workspaces: 10 },
  { events: 1e9, workspaces: 100 },
  { events: 1e10, workspaces: 1_000 },
  { events: 1e11, workspaces: 10_000 },
];
