/** Signs what is sent to a ticket system, as Standard Webhooks 1.0 says: any of its libraries can verify it. */
import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";

/** A secret of 256 random bits, in base64 behind the prefix that tells what it is. */
export const newWebhookSecret = (): string => `${PREFIX}${randomBytes(32).toString("base64")}`;

/**
 * The headers that say what a call is and prove who sent it: HMAC-SHA256 over `id.seconds.body`, the key being the bytes of
 * the secret behind its prefix.
 * @param id of the call: the same for one that is repeated.
 * @param at milliseconds since 1970.
 */
export function signedHeaders(secret: string, id: string, at: number, body: string): Record<string, string> {
  const seconds = Math.floor(at / 1000);
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": `${seconds}`,
    "webhook-signature": `v1,${signature}`,
  };
}
