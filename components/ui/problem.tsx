"use client";
/** What went wrong, in a sentence, and the button that tries again or, where the filters are at fault, clears them. */
import { usePathname } from "next/navigation";
import { ApiProblem, mayPass } from "../data/api.ts";
import { Moment } from "./when.tsx";

export function Problem({
  error,
  retry,
  since,
}: {
  error: Error;
  retry: () => void;
  /** Of a query: from when what is still shown is, in milliseconds since 1970; 0: nothing is shown. Left out of an act. */
  since?: number;
}) {
  const path = usePathname();
  const asked = error instanceof ApiProblem && error.status === 400;
  return (
    <div
      role="alert"
      className="my-4 flex flex-wrap items-center gap-3 border-l-2 border-bad bg-sunken px-3 py-2"
    >
      <p className="min-w-0 flex-1">
        {error.message}
        {since === undefined ? null : (
          <span className="block text-soft">
            {since === 0 ? null : (
              <>
                What is shown is from <Moment at={new Date(since).toISOString()} />.{" "}
              </>
            )}
            {mayPass(error) ? "Rollcall is asked again every few seconds." : ""}
          </span>
        )}
      </p>
      {asked ? (
        <button type="button" className="button" onClick={() => window.history.pushState(null, "", path)}>
          Clear the filters
        </button>
      ) : (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
