"use client";
/** Where not even who is signed in could be read: nothing of the usual frame stands around it. */
import { PageProblem } from "../components/ui/page-problem.tsx";

export default function RootProblem({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-4">
      <p className="text-sm text-soft">Rollcall</p>
      <PageProblem retry={retry} />
    </main>
  );
}
