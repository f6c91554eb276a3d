/** What whoever does what is due of drills needs. */
import type { Db } from "../../db/client.ts";
import type { Pace } from "./plan.ts";

export interface DueContext {
  /** Sees the whole workspace; of two connections at least. */
  db: Db;
  workspace: string;
  /** The secret of this installation. */
  installation: string;
  stop?: AbortSignal;
  pace?: Pace;
}
