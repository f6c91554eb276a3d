/** POST /api/v1/drills/…/runs: asks for a drill at once. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { askForDrill } from "../../../../../../lib/drills/ask-for-drill.ts";
import { showDrills } from "../../../../../../lib/drills/list-drills.ts";
import { answer } from "../../../answer.ts";

type Context = { params: Promise<{ application: string }> };

export const POST = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => {
    const { application } = await params;
    await askForDrill(db, workspace, by, application);
    return showDrills(db, workspace, application);
  }),
);
