import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { newWebhookSecret, signedHeaders } from "./sign-call.ts";

it("signs as the example of Standard Webhooks does", () => {
  // The example of the specification's reference libraries.
  const headers = signedHeaders(
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    1_614_265_330_000,
    '{"test": 2432232314}',
  );
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("makes another secret each time, of 32 bytes, and each signs otherwise", () => {
  const secrets = Array.from({ length: 20 }, newWebhookSecret);
  expect(new Set(secrets).size).toBe(20);
  for (const secret of secrets) {
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    expect(key).toHaveLength(32);
    const own = createHmac("sha256", key).update("a.1.{}").digest("base64");
    expect(signedHeaders(secret, "a", 1_999, "{}")["webhook-signature"]).toBe(`v1,${own}`);
  }
});
