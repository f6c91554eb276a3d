"use client";
/** When a page can't be made, which most often means that the database does not answer. */
export default function PageProblem({ retry }: { error: unknown; retry: () => void }) {
  return (
    <section role="alert" className="max-w-[60ch] py-12">
      <h1 className="text-answer">This page could not be made.</h1>
      <p className="my-3">
        Most often the database does not answer. The terminal where Rollcall runs says more; nothing that was
        stored is lost.
      </p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </section>
  );
}
