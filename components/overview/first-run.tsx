/** The first page of an empty installation: what Rollcall will answer, and the two ways to begin. */
import { DropZone } from "../sources/drop-zone.tsx";
import { LoadSample } from "../sources/load-sample.tsx";

export function FirstRun() {
  return (
    <div className="max-w-[760px] py-6">
      <h1 className="text-sm text-soft">Rollcall</h1>
      <p className="mb-2 text-answer leading-7">
        Does the state of every account match the source of truth, and how long did it take?
      </p>
      <p className="mb-6 text-soft">
        Give Rollcall the provisioning logs of your identity provider. It works out which applications are
        covered, what fails, how fast leavers lose access and which accounts should not be there, each with
        the records that prove it. Nothing leaves this machine.
      </p>
      <DropZone />
      <div className="mt-8 border-t border-line pt-5">
        <p className="mb-3">No log at hand? Larkspur Labs is an invented company with a year of records.</p>
        <LoadSample />
      </div>
    </div>
  );
}
