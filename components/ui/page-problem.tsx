"use client";
/** In place of a page that can't be made: what is likely, what still works, and the button that makes it anew. */
import { useTransition } from "react";

export function PageProblem({ retry }: { retry: () => void }) {
  const [trying, start] = useTransition();
  return (
    <section role="alert" className="max-w-[60ch] py-12">
      <h1 className="text-answer">This page could not be made.</h1>
      <p className="my-3">
        Most often the database does not answer. The log of Rollcall says more; where Rollcall runs,{" "}
        <code className="key">npm run -s rollcall -- doctor</code> looks for what is wrong.
      </p>
      <p className="my-3">
        Nothing that was stored is lost. Pages that are open can still be read, and packs and files that were
        downloaded can still be verified.
      </p>
      <button type="button" className="button" aria-busy={trying} onClick={() => start(retry)}>
        Try again
      </button>
    </section>
  );
}
