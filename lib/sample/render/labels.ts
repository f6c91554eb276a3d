/** Names as records spell them. */
import type { Application } from "../applications.ts";
import type { Instant } from "../calendar.ts";

/** The application's label as it stood at that moment. */
export function labelAt({ name, formerly }: Application, at: Instant): string {
  return formerly !== null && at < formerly.until ? formerly.name : name;
}

/** A sentence with the user and the application filled in. */
export function fill(words: string, user: string, application: string): string {
  return words.replaceAll("{user}", user).replaceAll("{app}", application);
}
