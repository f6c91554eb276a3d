"use client";
/** An evidence pack of one review. */
import { useBegin } from "../jobs/use-begin.ts";
import { Refusal } from "../ui/field.tsx";

export function ReviewPack({ review }: { review: string }) {
  const begin = useBegin("/api/v1/evidence", () => {});
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <button
        type="button"
        className="button"
        disabled={begin.isPending}
        onClick={() => begin.mutate({ review })}
      >
        Make an evidence pack of this review
      </button>
      {begin.data === undefined ? null : (
        <span role="status" className="text-sm text-soft">
          It is being made: “Work” in the head tells how far it is, and gives the file.
        </span>
      )}
      <Refusal>{begin.error?.message}</Refusal>
    </div>
  );
}
