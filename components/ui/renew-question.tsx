/** Asks before a secret that somebody holds is over. */
import { Confirm } from "./confirm.tsx";

export function RenewQuestion({
  secret,
  of,
  where,
  renew,
  onClose,
}: {
  /** What it is called: token, secret. */
  secret: string;
  /** Whose it is. */
  of: string;
  /** Who holds it: the provider, the vendor. */
  where: string;
  renew: { isPending: boolean; error: Error | null; mutate: () => void };
  onClose: () => void;
}) {
  return (
    <Confirm title={`Make a new ${secret} for ${of}?`} act="Make it" doing={renew} onClose={onClose}>
      <p>
        The {secret} that is set at the {where} now is over at once: set the new one there.
      </p>
    </Confirm>
  );
}
