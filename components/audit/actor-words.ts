/** What kind of actor did something. */
import type { AuditRow } from "../../lib/auth/audit.ts";

export const ACTOR_WORDS: Record<AuditRow["actorKind"], string> = {
  member: "member",
  token: "API token",
  share: "shared link",
  "command-line": "command line",
  provider: "identity provider",
  system: "by itself",
};
