/** Fetching the evidence pack of a shared link. */
import type { Writable } from "node:stream";
import type { Db } from "../../db/client.ts";
import { countUse } from "../../db/queries/shares.ts";
import { act } from "../auth/act.ts";
import type { EvidenceWriter } from "../evidence/export-evidence.ts";
import { withPseudonyms } from "../evidence/with-pseudonyms.ts";
import { inFileName } from "../files/in-file-name.ts";
import { type Holder, holderOf } from "./holder.ts";

/** A pack that is ready to be written. */
export interface SharedPack {
  /** As whoever fetches it gets it. */
  name: string;
  /** Streams it to `target` and ends it. @throws EvidenceError, or what the database or the target threw. */
  write(target: Writable): Promise<void>;
}

const nameOf = ({ customer }: Holder, asOf: number): string =>
  [
    "rollcall-evidence",
    customer === null ? "" : inFileName(customer),
    new Date(asOf).toISOString().slice(0, 10),
  ]
    .filter((part) => part !== "")
    .join("-");

/**
 * Counts a download, writes it into the audit log before the first byte, and gives what streams the pack: of the link's
 * customer, or of the whole workspace, as of now.
 * @param db sees the whole workspace.
 * @param writer writes packs of what one customer may see, or of all.
 * @param installation the secret of this installation: in a customer's pack people stand by pseudonyms, which are made of it.
 * @returns null when the link does not work, whatever the reason.
 */
export async function downloadShare(
  db: Db,
  workspace: string,
  secret: string,
  address: string | null,
  writer: (customer: string | null) => EvidenceWriter,
  installation: string,
): Promise<SharedPack | null> {
  const holder = await holderOf(db, workspace, secret, address);
  if (holder === null) return null;
  const asOf = Date.now();
  const name = `${nameOf(holder, asOf)}.zip`;
  return act({ db, workspace, by: holder.by }, "evidence", "download-share", async (sql) => {
    const open = await countUse(sql, workspace, holder.share, "download");
    const { customer, label } = holder;
    const pack: SharedPack = {
      name,
      async write(target) {
        const params =
          customer === null ? { asOf } : withPseudonyms(installation, workspace, { asOf, customer });
        await writer(customer)(params, target);
      },
    };
    return {
      result: open ? pack : null,
      object: label,
      after: { customer, asOf: new Date(asOf).toISOString(), name },
      nothing: !open,
    };
  });
}
