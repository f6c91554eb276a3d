/** Okta's event hooks (developer.okta.com/docs/concepts/event-hooks): a header that Okta repeats says who sends; nothing is signed. */
import { z } from "zod";
import { sameSecret } from "../../auth/secret.ts";
import { pushKind, taken } from "../kind.ts";
import { PushRefusal, refusalAsJson } from "../refusal.ts";

const SETTINGS = z.strictObject({
  /** The header that holds the secret: Okta's "Authentication field". */
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/u, "letters, digits and dashes")
    .default("Authorization"),
});

export const oktaHook = pushKind<z.infer<typeof SETTINGS>>({
  kind: "okta-hook",
  label: "Okta event hook",
  format: "okta",
  secret: "made",
  settings: SETTINGS,
  greet(header) {
    const challenge = header("x-okta-verification-challenge");
    return challenge === null ? null : Response.json({ verification: challenge });
  },
  async open({ settings, secret }, { header, body }) {
    const given = header(settings.header.toLowerCase());
    if (secret === null || given === null || !sameSecret(given, secret)) {
      const what = given === null ? "is missing" : "does not hold this source's secret";
      throw new PushRefusal(401, "unauthenticated", `The header ${settings.header} ${what}.`);
    }
    return body;
  },
  taken,
  refused: refusalAsJson,
});
