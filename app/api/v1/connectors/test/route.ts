/** POST /api/v1/connectors/test {kind, settings, secret}: whether the vendor answers. Nothing is kept. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { tryVendor } from "../../../../../lib/connectors/try-vendor.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.strictObject({
  kind: z.string().max(40),
  settings: z.record(z.string().max(40), z.unknown()),
  secret: z.string().max(20_000),
});
const EXPECTED = 'Send {"kind": …, "settings": {…}, "secret": …}.';

export const POST = guarded("operate", (_, request) =>
  answer(async () => {
    const { kind, settings, secret } = await readJson(request, BODY, EXPECTED);
    return { found: await tryVendor(kind, settings, secret) };
  }),
);
