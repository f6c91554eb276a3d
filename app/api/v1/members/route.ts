/** GET /api/v1/members: who may come in, when each was last here, and the sessions that are open. POST {name, email, role, customer?, endsAt?}: lets somebody in. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { inviteMember } from "../../../../lib/auth/members/invite-member.ts";
import { listMembers } from "../../../../lib/auth/members/list-members.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.object({
  name: z.string().max(200).default(""),
  email: z.string().max(320),
  role: z.string().max(40),
  customer: z.string().max(100).nullish(),
  endsAt: z.string().max(40).nullish(),
});

export const GET = guarded("members", ({ db, workspace }) => answer(() => listMembers(db, workspace)));

const EXPECTED = "Send email and role as JSON; name, customer and endsAt if need be.";

export const POST = guarded("members", ({ db, workspace, by }, request) =>
  answer(async () => ({
    member: await inviteMember(db, workspace, by, await readJson(request, BODY, EXPECTED)),
  })),
);
