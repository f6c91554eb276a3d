import type { Metadata } from "next";
import { AccessPage } from "../../../components/access/access-page.tsx";
import { readCustomers } from "../../../db/queries/sources.ts";
import { allowed } from "../../../lib/auth/caller.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { listMembers } from "../../../lib/auth/members/list-members.ts";
import { SCOPES } from "../../../lib/auth/permissions.ts";
import { listTokens } from "../../../lib/auth/tokens/list-tokens.ts";

export const metadata: Metadata = { title: "Access" };

export default async function Page() {
  const { db, workspace, by, session } = await pageVisit("tokens");
  const manages = allowed(by, "members");
  const initial = {
    now: Date.now(),
    members: manages ? await listMembers(db, workspace) : null,
    tokens: await listTokens(db, workspace, by),
  };
  return (
    <AccessPage
      manages={manages}
      me={by.member}
      session={session}
      scopes={SCOPES.filter((scope) => allowed(by, scope))}
      customers={manages ? await readCustomers(db, workspace) : []}
      initial={initial}
    />
  );
}
