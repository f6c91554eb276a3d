/** For a shared link that does not work: the same whether it never did, is over, or was taken back. */
export function NoShare() {
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-16">
      <h1 className="text-sm text-soft">Rollcall</h1>
      <p className="mb-3 text-answer leading-7">This link does not show anything.</p>
      <p>Ask whoever gave it to you for a new one.</p>
    </main>
  );
}
