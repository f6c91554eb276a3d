/** PATCH /api/v1/members/…, {name?, email?, role?, customer?, endsAt?, active?}: changes what a member is. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { changeMember } from "../../../../../lib/auth/members/change-member.ts";
import { answer, problem } from "../../answer.ts";

const BODY = z.strictObject({
  name: z.string().max(200).optional(),
  email: z.string().max(320).optional(),
  role: z.string().max(40).optional(),
  customer: z.string().max(100).nullish(),
  endsAt: z.string().max(40).nullish(),
  active: z.boolean().optional(),
});

export const PATCH = guarded(
  "members",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ member: string }> }) => {
    const member = z.uuid().safeParse((await params).member);
    const body = BODY.safeParse(await request.json().catch(() => null));
    if (!body.success) {
      return problem(
        400,
        "bad_body",
        "Send what changes as JSON: name, email, role, customer, endsAt, active.",
      );
    }
    return answer(async () => {
      if (!member.success) return null;
      await changeMember(db, workspace, by, member.data, body.data);
      return {};
    });
  },
);
