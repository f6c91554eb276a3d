/** What rules find. */
import { createHash } from "node:crypto";
import type { AlertRule } from "./contract.ts";

/** Something that is so at the moment, and of which somebody should know. */
export interface Condition {
  rule: AlertRule;
  /** What it is about: the same as long as it is the same thing, and no name of a person. */
  subject: string;
  /** In words, without any of a person. */
  what: string;
  /** The path of the page that shows it. */
  link: string;
  /** Since when it is so, by the records; milliseconds since 1970. */
  since: number;
  /** It keeps an alert open, and raises none: somebody knows of it, or it is below the threshold. */
  quiet: boolean;
}

/** The subject of what is about people, whose names stand in no alert. */
export const hashedSubject = (parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
