/** What stands in a backup's `manifest.json`: written and read by one description. */
import { z } from "zod";

/** Rises when a backup of the old layout could no longer be read by the same rules. */
export const FORMAT_VERSION = 1;
export const MANIFEST = "manifest.json";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u, "must be a SHA-256 in 64 lower-case hexadecimal digits");
const Count = z.int().nonnegative();

/** What every format has and will have: enough to tell a newer one. */
export const HeadSchema = z.object({
  product: z.literal("Rollcall backup"),
  formatVersion: z.int().positive(),
  rollcallVersion: z.string(),
});

const FileSchema = z.object({
  path: z.string().min(1),
  bytes: Count,
  sha256: Sha256,
});

const TableSchema = FileSchema.extend({
  name: z.string().min(1),
  /** In the order in which they lie in the file; types as PostgreSQL spells them. */
  columns: z.array(z.object({ name: z.string().min(1), type: z.string() })).min(1),
  rows: Count,
});

export const ManifestSchema = HeadSchema.extend({
  formatVersion: z.literal(FORMAT_VERSION),
  createdAt: z.iso.datetime(),
  postgresVersion: z.string(),
  /** The migrations that the database had, oldest first. */
  migrations: z.array(z.object({ tag: z.string(), when: Count, hash: z.string() })).min(1),
  tables: z.array(TableSchema),
  sequences: z.array(
    z.object({ name: z.string(), value: z.string().regex(/^-?\d+$/u), called: z.boolean() }),
  ),
  /** The months that had a partition of their own (db/log/months.ts), as `2026-07`. */
  months: z.array(z.string().regex(/^\d{4}-\d{2}$/u)).default([]),
  /** The home's secrets, encrypted; null when they were not asked for. */
  secrets: FileSchema.nullable(),
});

export type Manifest = z.infer<typeof ManifestSchema>;
export type ManifestFile = z.infer<typeof FileSchema>;
