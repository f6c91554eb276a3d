/** /api/v1/connectors: GET tells all connectors and how each does, without their secrets; POST sets one up. */
import { z } from "zod";
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { addConnector } from "../../../../lib/connectors/add-connector.ts";
import { connectorsReport, listConnectors } from "../../../../lib/connectors/list-connectors.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.strictObject({
  name: z.string().max(63),
  kind: z.string().max(40),
  settings: z.record(z.string().max(40), z.unknown()),
  secret: z.string().max(20_000),
  source: z.string().max(63).nullable().default(null),
  customer: z.string().max(255).nullable().default(null),
  everySeconds: z.number().nullable().default(null),
});
const EXPECTED =
  'Send {"name": …, "kind": …, "settings": {…}, "secret": …}, and source, customer and everySeconds if you like.';

export const GET = guarded("workspace", ({ db, workspace }) => answer(() => connectorsReport(db, workspace)));

export const POST = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const input = await readJson(request, BODY, EXPECTED);
    await addConnector(db, workspace, by, input, installationSecret());
    const [connector] = await listConnectors(db, workspace, input.name);
    return { connector };
  }),
);
