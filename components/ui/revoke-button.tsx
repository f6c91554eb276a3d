"use client";
/** The button of a row that takes back what was given; asks nothing itself. */

export function RevokeButton({ name, onRevoke }: { name: string; onRevoke: () => void }) {
  return (
    <button type="button" className="link" aria-label={`Revoke ${name}`} onClick={onRevoke}>
      Revoke
    </button>
  );
}
