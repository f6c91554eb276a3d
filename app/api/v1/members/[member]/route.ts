/** PATCH /api/v1/members/…, {name?, email?, role?, customer?, endsAt?, active?}: changes what a member is. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { changeMember } from "../../../../../lib/auth/members/change-member.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.strictObject({
  name: z.string().max(200).optional(),
  email: z.string().max(320).optional(),
  role: z.string().max(40).optional(),
  customer: z.string().max(100).nullish(),
  endsAt: z.string().max(40).nullish(),
  active: z.boolean().optional(),
});

const EXPECTED = "Send what changes as JSON: name, email, role, customer, endsAt, active.";

export const PATCH = guarded(
  "members",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ member: string }> }) =>
    answer(async () => {
      const body = await readJson(request, BODY, EXPECTED);
      const member = z.uuid().safeParse((await params).member);
      if (!member.success) return null;
      await changeMember(db, workspace, by, member.data, body);
      return {};
    }),
);
