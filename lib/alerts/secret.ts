/** A channel's secret: encrypted in the database, with a key that is not there. */
import { seal, unseal } from "../auth/seal.ts";

/** What it is encrypted for; see lib/auth/seal.ts. */
const PURPOSE = "alert channel";

/** @param installation the secret of this installation. */
export const sealChannelSecret = (installation: string, secret: string): Promise<Buffer> =>
  seal(installation, PURPOSE, secret);

/** Null when it was kept under another secret of this installation. */
export const openChannelSecret = async (
  installation: string,
  sealed: Uint8Array | null,
): Promise<string | null> => (sealed === null ? null : unseal(installation, PURPOSE, sealed));
