/** What the tests of SCIM request logs ask of a record. */
import { expect } from "vitest";
import { scim } from "./adapter.ts";
import { type Data, entry, patch } from "./fixtures.ts";

export const only = (record: unknown) => {
  const events = scim.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

/** The events in short: layer, operation, outcome, object; whom they are about, and which entitlement. */
export const story = (record: unknown) =>
  scim
    .parse(record)
    .map(({ layer, operation, outcome, object, account, entitlement }) =>
      [layer, operation, outcome, object, account?.id ?? account?.userName, entitlement?.name]
        .map((part) => part ?? "-")
        .join(" "),
    );

export const patched = (...operations: Data[]) =>
  entry("PATCH", "/Users/u-1", 204, { requestBody: patch(...operations) });
export const regrouped = (...operations: Data[]) =>
  entry("PATCH", "/Groups/g-1", 204, { requestBody: patch(...operations) });
