/** Google Workspace activities in their real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

/** An event of a report; its parameters as the API writes them. */
export function reportEvent(name: string, parameters: Data = {}): Data {
  return {
    type: "USER_SETTINGS",
    name,
    parameters: Object.entries(parameters).map(([parameter, value]) => ({
      name: parameter,
      ...(Array.isArray(value)
        ? { multiValue: value }
        : typeof value === "boolean"
          ? { boolValue: value }
          : { value }),
    })),
  };
}

/** An activity that Bob, an administrator, caused. */
export function activity(applicationName: string, events: readonly Data[], differs: Data = {}): Data {
  return {
    kind: "admin#reports#activity",
    id: {
      time: "2026-03-02T09:15:30.250Z",
      uniqueQualifier: "-4711",
      applicationName,
      customerId: "C01larkspur",
    },
    etag: '"larkspur/1"',
    actor: { callerType: "USER", email: "bob@larkspur.example", profileId: "102" },
    ipAddress: "192.0.2.1",
    events,
    ...differs,
  };
}

export const ALICE: Data = { callerType: "USER", email: "alice@larkspur.example", profileId: "101" };
