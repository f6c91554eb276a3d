/** OCSF events as other products' logs are kept, for tests. */

interface Data {
  [member: string]: unknown;
}

export const ALICE: Data = {
  uid: "u-alice",
  name: "alice",
  email_addr: "alice@larkspur.example",
  full_name: "Alice Larkspur",
};

/** An event of a product, done by Bob. */
export function ocsfRecord(class_uid: number, activity_id: number, differs: Data = {}): Data {
  return {
    metadata: {
      version: "1.3.0",
      product: { name: "Ledger", vendor_name: "Ledger Ltd" },
      uid: "ocsf-larkspur-1",
      correlation_uid: "trace-1",
    },
    category_uid: 3,
    class_uid,
    activity_id,
    type_uid: class_uid * 100 + activity_id,
    time: Date.UTC(2026, 2, 2, 9, 15, 30),
    severity_id: 1,
    status_id: 1,
    actor: { user: { uid: "u-bob", name: "bob", type: "Admin" } },
    ...differs,
  };
}

/** The same, of a product by another name. */
export const by = (name: string): Data => ({
  metadata: { version: "1.3.0", product: { name, vendor_name: name }, uid: "ocsf-larkspur-2" },
});
