/** What every act on personal data needs. */
import type { Db } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import type { Home } from "../runtime/home.ts";

export interface PrivacySurroundings {
  /** Connections of the database's owner, in the workspace's scope (lib/runtime/access.ts, `connectOwner`): nobody else may change the log. */
  db: Db;
  workspace: string;
  by: Caller;
  /** Whose folder holds the keys. */
  home: Home;
}
