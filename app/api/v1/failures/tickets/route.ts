/** POST /api/v1/failures/tickets {groups}: sends groups to the ticket system; answers with what it said to each. */
import { z } from "zod";
import { installationSecret } from "../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { sendToTickets } from "../../../../../lib/failures/send-to-tickets.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

/** Each is a call of its own, which may take ten seconds. */
const BODY = z.object({ groups: z.array(z.string().max(64)).min(1).max(20) });
const EXPECTED = "Send groups, the ids of 1 to 20 groups of failures, as JSON.";

export const POST = guarded("triage", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { groups } = await readJson(request, BODY, EXPECTED);
    const linkOf = (group: string) => new URL(`/failures/${group}`, process.env.NEXTAUTH_URL).href;
    return {
      sent: await sendToTickets(db, workspace, by, groups, { linkOf, installation: installationSecret() }),
    };
  }),
);
