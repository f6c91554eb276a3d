/** Where tickets go. */
import type { SqlSession } from "../client.ts";

export interface TicketWebhook {
  url: string;
  /** Encrypted; see lib/failures/set-ticket-webhook.ts. */
  secret: Uint8Array;
  setAt: number;
  setBy: string;
}

/** Null while none is set. */
export async function readTicketWebhook(sql: SqlSession, workspace: string): Promise<TicketWebhook | null> {
  const [row] = await sql<TicketWebhook[]>`
    select url, secret, extract(epoch from set_at)::float8 * 1000 "setAt", set_by "setBy"
    from ticket_webhooks where workspace_id = ${workspace}`;
  return row ?? null;
}

/** Sets it, in place of what was set before. */
export async function storeTicketWebhook(
  sql: SqlSession,
  workspace: string,
  { url, secret, setBy }: Omit<TicketWebhook, "setAt">,
): Promise<void> {
  await sql`
    insert into ticket_webhooks (workspace_id, url, secret, set_at, set_by)
    values (${workspace}, ${url}, ${secret}, now(), ${setBy})
    on conflict (workspace_id) do update set url = excluded.url, secret = excluded.secret, set_at = excluded.set_at,
      set_by = excluded.set_by`;
}

export async function removeTicketWebhook(sql: SqlSession, workspace: string): Promise<void> {
  await sql`delete from ticket_webhooks where workspace_id = ${workspace}`;
}
