/** Kinds of Entra's sign-ins, and what an error code says of one: docs/semantics.md §2, docs/formats/entra-sign-ins.md. */
import type { Outcome } from "../../event.ts";

/** As Graph's `signInEventTypes` names them. */
export type SignInKind = "interactiveUser" | "nonInteractiveUser" | "servicePrincipal" | "managedIdentity";

/** Categories of Azure Monitor's diagnostic settings (learn.microsoft.com, "Integrate Microsoft Entra logs with Azure Monitor"). */
const CATEGORIES = new Map<string, SignInKind>([
  ["SignInLogs", "interactiveUser"],
  ["ADFSSignInLogs", "interactiveUser"],
  ["NonInteractiveUserSignInLogs", "nonInteractiveUser"],
  ["ServicePrincipalSignInLogs", "servicePrincipal"],
  ["MicrosoftServicePrincipalSignInLogs", "servicePrincipal"],
  ["ManagedIdentitySignInLogs", "managedIdentity"],
]);

const KINDS = new Map<string, SignInKind>([...CATEGORIES.values()].map((kind) => [kind.toLowerCase(), kind]));

/** The kind of a category; undefined for one that tells of no sign-ins. */
export const kindOfCategory = (category: unknown): SignInKind | undefined =>
  typeof category === "string" ? CATEGORIES.get(category) : undefined;

/** The kind by Graph's name of it. */
export const kindNamed = (name: unknown): SignInKind | undefined =>
  typeof name === "string" ? KINDS.get(name.toLowerCase()) : undefined;

/**
 * Codes with which Entra interrupts a sign-in to ask for more: nobody is signed in yet, and nothing has failed. What
 * comes of it is a record of its own. From "Microsoft Entra authentication and authorization error codes".
 */
const INTERRUPTS = new Set([
  16000, // Which account is meant?
  16001,
  16003,
  50055, // The password is over and has to be changed.
  50058, // There is no session to go on with silently.
  50059, // Which tenant is meant?
  50072, // A second factor has to be set up.
  50074, // A second factor is needed.
  50076,
  50079,
  50097, // The device has to show who it is.
  50125, // A password's reset or registration comes first.
  50127, // A broker app has to be installed.
  50129, // The device has to be registered.
  50140, // "Stay signed in?"
  50143,
  50144, // The password at Active Directory is over.
  50199, // "Are you trying to sign in to this application?"
  50203, // The authenticator app has to be registered.
  51006, // Windows has to authenticate.
  52004,
  65001, // Consent to the application is missing.
  81010, // Seamless single sign-on did not work out.
  81012,
  81014,
]);

/** @param code `status.errorCode`; null where the record has none that is a number. */
export function outcomeOfCode(code: number | null): Outcome {
  if (code === null) return "pending";
  if (code === 0) return "success";
  return INTERRUPTS.has(code) ? "pending" : "failure";
}
