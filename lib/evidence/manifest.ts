/** What stands in `manifest.json` and on a line of `records/*.ndjson`: the pack's layout, written and read by one description. */
import { z } from "zod";

/** Rises when a pack of the old layout could no longer be read by the same rules. */
export const LAYOUT_VERSION = 1;
export const MANIFEST = "manifest.json";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u, "must be a SHA-256 in 64 lower-case hexadecimal digits");
/** By which the log knows a record: lib/ingest/fingerprint.ts. */
const Fingerprint = z.string().regex(/^[0-9a-f]{40}$/u, "must be 40 lower-case hexadecimal digits");
const Count = z.int().nonnegative();
const Time = z.iso.datetime();
const Name = z.string().nullable();

const FileSchema = z.object({
  path: z.string().min(1),
  bytes: Count,
  sha256: Sha256,
  /** Rows of a report or records of the log; absent in files that hold neither. */
  rows: Count.optional(),
  /** The source whose records the file holds. */
  source: z.string().optional(),
});

const GapSchema = z.object({
  kind: z.enum(["silence", "jump", "retention", "interrupted"]),
  from: Time,
  to: Time,
  expected: z.number().nullable(),
  why: z.string(),
});

export const ManifestSchema = z.object({
  product: z.literal("Rollcall"),
  layoutVersion: z.literal(LAYOUT_VERSION),
  createdAt: Time,
  workspace: z.string(),
  asOf: Time,
  period: z.object({ from: Time.nullable(), to: Time.nullable() }),
  scope: z.object({ customer: Name, application: Name }),
  /** People stand by pseudonyms, and the bytes of records are withheld. */
  pseudonymised: z.literal(true).optional(),
  sources: z.array(
    z.object({
      source: z.string(),
      format: z.string(),
      records: Count,
      rejected: Count,
      firstEventAt: Time.nullable(),
      lastEventAt: Time.nullable(),
      /** Packs made before gaps were told have none. */
      gaps: z.array(GapSchema).default([]),
    }),
  ),
  reports: z.array(
    z.object({
      name: z.string(),
      parameters: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      rows: Count,
    }),
  ),
  /** Records in all `records/*.ndjson`, and the events that were read from them. */
  records: Count,
  events: Count,
  /** Every file of the pack but the manifest itself. */
  files: z.array(FileSchema),
});

export type Manifest = z.infer<typeof ManifestSchema>;
export type ManifestFile = z.infer<typeof FileSchema>;

/** One line of `records/*.ndjson`. The bytes stand as text where they are UTF-8, else in base64. */
export const RecordLineSchema = z
  .object({
    source: z.string(),
    format: z.string(),
    fingerprint: Fingerprint,
    sha256: Sha256,
    raw: z.string().optional(),
    rawBase64: z.string().optional(),
    /** The bytes are withheld: a person whom they concern is sealed or erased, or the pack has pseudonyms for people. */
    withheld: z.enum(["sealed", "erased", "pseudonymised"]).optional(),
    /** The log has the hash alone: when the rest was removed, and by what. */
    removed: z.object({ at: Time, why: z.literal("retention") }).optional(),
    /** In a pack with pseudonyms: the events that were read from the record, people in them by their pseudonyms. */
    normal: z.array(z.record(z.string(), z.unknown())).optional(),
  })
  .refine(
    ({ raw, rawBase64, withheld, removed }) =>
      [raw, rawBase64, withheld, removed].filter((content) => content !== undefined).length === 1,
    "needs raw, rawBase64, withheld or removed, and only one",
  );

export type RecordLine = z.infer<typeof RecordLineSchema>;
