/** POST /api/v1/drills/…/settled {identity}: somebody has removed by hand what a drill had left at the application. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { showDrills } from "../../../../../../lib/drills/list-drills.ts";
import { settleDrill } from "../../../../../../lib/drills/settle-drill.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

type Context = { params: Promise<{ application: string }> };

const BODY = z.strictObject({ identity: z.string().max(500) });
const EXPECTED = 'Send {"identity": the user name of the test account that is gone}.';

export const POST = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const { application } = await params;
    const { identity } = await readJson(request, BODY, EXPECTED);
    await settleDrill(db, workspace, by, application, identity);
    return showDrills(db, workspace, application);
  }),
);
