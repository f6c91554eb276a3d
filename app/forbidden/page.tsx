/** For whoever is signed in and asks for a page that their role does not show. */
import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Not for your role" };

export default function ForbiddenPage() {
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-16">
      <h1 className="text-sm text-soft">Rollcall</h1>
      <p className="mb-3 text-answer leading-7">Your role does not show this page.</p>
      <p>
        An admin of this workspace can give you another role, on the page Access.{" "}
        <Link href="/" className="underline">
          Back to what you may see
        </Link>
      </p>
    </main>
  );
}
