/** A report that is not there yet: how far it is, in place of what will be there. */
import { ApiProblem } from "../data/api.ts";
import { ReportSkeleton } from "./skeleton.tsx";

export const isBeingWorkedOut = (error: Error | null): error is ApiProblem =>
  error instanceof ApiProblem && error.code === "being_worked_out";

export function BeingWorkedOut({ message }: { message: string }) {
  return (
    <>
      <p role="status" className="my-4 border-l-2 border-line bg-sunken px-3 py-2">
        {message} This page follows by itself.
      </p>
      <ReportSkeleton />
    </>
  );
}
