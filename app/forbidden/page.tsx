/** For whoever is signed in and asks for a page that their role does not show. */
import type { Metadata } from "next";
import Link from "next/link";
import { roleWord } from "../../components/access/role-words.ts";
import { mayComeIn, readMembers } from "../../db/queries/members.ts";
import { type Visit, visit } from "../../lib/auth/guard.ts";

export const metadata: Metadata = { title: "Not for your role" };

/** More names help nobody to choose whom to ask. */
const MOST_NAMES = 3;

/** Whom to ask, by name. A customer's own people are not told who works here. */
async function adminsFor({ by, db, workspace }: Visit): Promise<string[]> {
  if (by.customer !== null) return [];
  const members = await readMembers(db, workspace);
  return members
    .filter((member) => member.role === "admin" && mayComeIn(member, Date.now()))
    .slice(0, MOST_NAMES)
    .map(({ name, email }) => (email === null || email === name ? name : `${name} (${email})`));
}

export default async function ForbiddenPage() {
  const asking = await visit();
  const admins = asking === null ? [] : await adminsFor(asking);
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-16">
      <h1 className="text-sm text-soft">Rollcall</h1>
      <p className="mb-3 text-answer leading-7">Your role does not show this page.</p>
      <p className="mb-3 [overflow-wrap:anywhere]">
        {asking === null ? "" : `You are signed in as ${roleWord(asking.by.role).toLowerCase()}. `}
        {admins.length === 0
          ? "Ask whoever let you in: an admin of this workspace can give you another role, on the page Access."
          : `Ask an admin of this workspace for another role: ${admins.join(", ")}. They give it on the page Access.`}
      </p>
      <p>
        <Link href="/" className="underline">
          Back to what you may see
        </Link>
      </p>
    </main>
  );
}
