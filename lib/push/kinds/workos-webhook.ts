/** WorkOS's webhooks (workos.com/docs/events/data-syncing/webhooks): HMAC-SHA-256 over the time and the body. */
import { createHmac } from "node:crypto";
import { z } from "zod";
import { sameSecret } from "../../auth/secret.ts";
import { pushKind, taken } from "../kind.ts";
import { PushRefusal, refusalAsJson } from "../refusal.ts";

const SETTINGS = z.strictObject({
  /** So many seconds may lie between the signature and its arrival; 180 is what WorkOS's own libraries allow. */
  tolerance: z.coerce.number().int().min(1).max(86_400).default(180),
});

const unauthenticated = (message: string) => new PushRefusal(401, "unauthenticated", message);

/** `t=1700000000000, v1=…`: the time in milliseconds, and each signature. */
function signatureIn(header: string | null): { time: string; signatures: string[] } | null {
  const parts = (header ?? "").split(",").map((part) => part.trim());
  const of = (name: string) =>
    parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
  const [time] = of("t");
  const signatures = of("v1");
  return time !== undefined && /^\d{1,16}$/u.test(time) && signatures.length > 0
    ? { time, signatures }
    : null;
}

export const workosWebhook = pushKind<z.infer<typeof SETTINGS>>({
  kind: "workos-webhook",
  label: "WorkOS webhook",
  format: "workos",
  secret: "given",
  settings: SETTINGS,
  greet: () => null,
  async open({ settings: { tolerance }, secret, now }, { header, body }) {
    if (secret === null)
      throw unauthenticated("WorkOS's signing secret was not set here yet, so nothing can be checked.");
    const signed = signatureIn(header("workos-signature"));
    if (signed === null) throw unauthenticated("The header WorkOS-Signature is missing or is not t=…, v1=….");
    const { time, signatures } = signed;
    const wanted = createHmac("sha256", secret).update(`${time}.`).update(body).digest("hex");
    if (!signatures.some((one) => sameSecret(one.toLowerCase(), wanted)))
      throw unauthenticated(
        "The signature is not that of this body: it was made with another secret, or the body was changed.",
      );
    if (Math.abs(now - Number(time)) > tolerance * 1_000)
      throw unauthenticated(
        `It was signed more than ${tolerance} s before or after it arrived: it is sent again, or a clock is wrong.`,
      );
    return body;
  },
  taken,
  refused: refusalAsJson,
});
