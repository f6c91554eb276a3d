/** Directory Insights events in their real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

/** An event that Bob, an administrator, caused on Alice. */
export function insight(event_type: string, differs: Data = {}): Data {
  return {
    "@version": "1",
    client_ip: "192.0.2.1",
    event_type,
    id: "insight_larkspur_1",
    initiated_by: { id: "admin-bob", type: "admin", email: "bob@larkspur.example" },
    organization: "org_larkspur",
    resource: { id: "jc-alice", type: "user", username: "alice", email: "alice@larkspur.example" },
    service: "directory",
    success: true,
    timestamp: "2026-03-02T09:15:30.250Z",
    ...differs,
  };
}

export const APPLICATION: Data = { id: "app-ledger", name: "saml2", display_label: "Ledger" };

export const ALICE_HERSELF: Data = { id: "jc-alice", type: "user", username: "alice" };

/** Something linked to something else, or parted from it. */
export function association(op: string, from: Data, to: Data): Data {
  return insight("association_change", {
    resource: undefined,
    association: { action_source: "manual", op, connection: { from, to } },
  });
}
