/** What an admin asks for on a page, for the database's owner to do. */
import type { Caller } from "../auth/caller.ts";

export interface PrivacyRequest {
  verb: "seal" | "unseal" | "erase";
  subject: string;
  reason: string;
  by: Caller;
}
