/** POST /api/v1/members/…/link: makes a link that signs the member in, once. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { createSignInLink } from "../../../../../../lib/auth/sessions/create-sign-in-link.ts";
import { answer } from "../../../answer.ts";

export const POST = guarded(
  "members",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ member: string }> }) =>
    answer(async () => {
      const member = z.uuid().safeParse((await params).member);
      if (!member.success) return null;
      const { path, expiresAt } = await createSignInLink(db, workspace, by, member.data);
      return {
        url: new URL(path, process.env.NEXTAUTH_URL).href,
        expiresAt: new Date(expiresAt).toISOString(),
      };
    }),
);
