"use client";

export function PrintButton() {
  return (
    <button type="button" className="button print:hidden" onClick={() => window.print()}>
      Print
    </button>
  );
}
