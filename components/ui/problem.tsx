"use client";
/** What went wrong, in a sentence, and the button that tries again. */
export function Problem({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div
      role="alert"
      className="my-4 flex flex-wrap items-center gap-3 border-l-2 border-bad bg-sunken px-3 py-2"
    >
      <p className="min-w-0 flex-1">{error.message}</p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
