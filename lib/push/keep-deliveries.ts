/** Deliveries of one source into the log: all of them in one transaction, with the note that they came. */
import type { Db } from "../../db/client.ts";
import { noteReceived, type PushSource } from "../../db/queries/push-sources.ts";
import type { Adapter } from "../ingest/adapters/adapter.ts";
import { adapterOf } from "../ingest/adapters/registry.ts";
import { frames } from "../ingest/framing.ts";
import { type Packed, Packer } from "../ingest/packer.ts";
import { appendSent } from "../ingest/standing-source.ts";

/** Reads bodies one after another. @returns with what is packed why each has a record that could not be read; null where it has none. */
async function packed(
  source: string,
  adapter: Adapter,
  bodies: readonly Uint8Array[],
): Promise<Packed & { unreadable: (string | null)[] }> {
  const packer = new Packer({ source, adapter });
  const all: Packed = { segments: [], rejected: [] };
  const take = ({ segments, rejected }: Packed): string | null => {
    all.segments.push(...segments);
    all.rejected.push(...rejected);
    return rejected[0]?.reason ?? null;
  };
  const unreadable: (string | null)[] = [];
  for (const body of bodies) {
    const whole = (async function* () {
      yield body;
    })();
    for await (const some of frames(whole, { isRecord: (value) => adapter.detect(value) }))
      for (const frame of some) packer.add(frame);
    unreadable.push(take(packer.take()));
  }
  take(packer.flush());
  return { ...all, unreadable };
}

/**
 * @param format of the records.
 * @returns for each delivery why a record of it could not be read, which is kept as it came; null where all could.
 * @throws whatever the database says; nothing is kept then.
 */
export async function keepDeliveries(
  db: Db,
  workspace: string,
  { source, ingest }: Pick<PushSource, "source" | "ingest">,
  format: string,
  bodies: readonly Uint8Array[],
): Promise<(string | null)[]> {
  const adapter = adapterOf(format);
  if (adapter === undefined) throw new Error(`There is no format "${format}".`);
  const { segments, rejected, unreadable } = await packed(source, adapter, bodies);
  await db.sql.begin(async (sql) => {
    const { accepted } = await appendSent(sql, workspace, ingest, { segments, rejected });
    await noteReceived(sql, workspace, source, accepted);
  });
  return unreadable;
}
