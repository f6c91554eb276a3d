/** For a reviewer: no page of the workspace is theirs. */
export function NothingToSee() {
  return (
    <div className="max-w-[60ch] py-8">
      <h1 className="mb-3 text-answer">Nothing waits for you.</h1>
      <p>You review what is given to you. When an access review has items for you, they stand here.</p>
    </div>
  );
}
