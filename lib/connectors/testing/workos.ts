/** WorkOS's Events API as its documentation has it, with its awkward manners. */
import { randomUUID } from "node:crypto";
import { event, USER } from "../../ingest/adapters/workos/fixtures.ts";
import { type Answer, type Call, type VendorServer, vendorServer } from "./vendor.ts";

export const WORKOS_KEY = "sk_test_key";

interface Stored {
  id: string;
  created_at: string;
  [member: string]: unknown;
}

export interface FakeWorkos extends VendorServer {
  /** The oldest first. */
  events: Stored[];
  pageSize: number;
  add(count: number, at: number): void;
  /** Forgets the oldest. */
  forget(count: number): void;
}

const refused: Answer = { status: 401, body: { message: "Unauthorized" } };

export async function fakeWorkos(): Promise<FakeWorkos> {
  function answer({ url, headers }: Call): Answer {
    if (headers.authorization !== `Bearer ${WORKOS_KEY}`) return refused;
    if (url.pathname !== "/events") return { status: 404, body: { message: "Not Found" } };
    const query = url.searchParams;
    if (query.getAll("events[]").length === 0)
      return { status: 422, body: { message: "Validation failed", code: "events_required" } };
    const after = query.get("after");
    const [from, to] = [query.get("range_start"), query.get("range_end")];
    const at = after === null ? -1 : workos.events.findIndex(({ id }) => id === after);
    if (after !== null && at === -1)
      return {
        status: 400,
        body: { message: "Could not find the event that after names", code: "invalid_cursor" },
      };
    const left = workos.events
      .slice(at + 1)
      .filter(({ created_at }) => (from === null || created_at >= from) && (to === null || created_at < to));
    const data = left.slice(0, Math.min(Number(query.get("limit") ?? 10), workos.pageSize));
    const more = data.length < left.length;
    return {
      status: 200,
      body: { object: "list", data, list_metadata: { after: more ? data.at(-1)?.id : null, before: null } },
    };
  }

  const server = await vendorServer(answer, {
    limited: () => ({ status: 429, headers: { "retry-after": "1" }, body: { message: "Too many requests" } }),
    refused,
  });
  const workos: FakeWorkos = Object.assign(server, {
    events: [] as Stored[],
    pageSize: 100,
    add(count: number, at: number) {
      for (let i = 0; i < count; i++) {
        const created_at = new Date(at + i * 1000).toISOString();
        workos.events.push({ ...event("dsync.user.created", USER), id: `event_${randomUUID()}`, created_at });
      }
    },
    forget(count: number) {
      workos.events.splice(0, count);
    },
  });
  return workos;
}
