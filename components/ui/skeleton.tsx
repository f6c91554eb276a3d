/** The shape of what comes: a sentence, controls, rows. */
const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

export function ReportSkeleton() {
  return (
    <div role="status" aria-label="Working out the report" className="motion-safe:animate-pulse">
      <div className="mb-2 h-4 w-24 rounded bg-sunken" />
      <div className="mb-6 h-7 w-[min(640px,90%)] rounded bg-sunken" />
      <div className="mb-4 h-8 w-[min(420px,70%)] rounded bg-sunken" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line">
          <div className="h-3 w-1/5 rounded bg-sunken" />
          <div className="h-3 w-2/5 rounded bg-sunken" />
          <div className="h-3 w-1/6 rounded bg-sunken" />
        </div>
      ))}
    </div>
  );
}
