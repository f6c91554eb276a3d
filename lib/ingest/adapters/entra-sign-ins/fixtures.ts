/** Sign-ins in Entra's real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

/** As Graph's beta version gives it; v1.0 leaves out the members about workloads and `signInEventTypes`. */
export const SIGN_IN: Data = {
  id: "4d1f2a60-0000-4000-8000-000000000001",
  createdDateTime: "2026-03-02T09:15:30Z",
  userDisplayName: "Alice Example",
  userPrincipalName: "alice@larkspur.example",
  userId: "a11ce000-0000-4000-8000-000000000001",
  appId: "c4a70000-0000-4000-8000-000000000001",
  appDisplayName: "Team Chat",
  ipAddress: "192.0.2.10",
  clientAppUsed: "Browser",
  correlationId: "c0ffee00-0000-4000-8000-000000000001",
  conditionalAccessStatus: "success",
  isInteractive: true,
  resourceDisplayName: "Microsoft Graph",
  resourceId: "00000003-0000-0000-c000-000000000000",
  signInEventTypes: ["interactiveUser"],
  servicePrincipalId: "",
  servicePrincipalName: null,
  servicePrincipalCredentialKeyId: "",
  userType: "member",
  status: { errorCode: 0, failureReason: "Other.", additionalDetails: null },
  location: { city: "Jena", countryOrRegion: "DE" },
};

/** A job that signs in by itself with a key. */
export const WORKLOAD: Data = {
  ...SIGN_IN,
  id: "4d1f2a60-0000-4000-8000-000000000002",
  userDisplayName: null,
  userPrincipalName: "",
  userId: "00000000-0000-0000-0000-000000000000",
  appDisplayName: "Nightly job",
  isInteractive: false,
  signInEventTypes: ["servicePrincipal"],
  servicePrincipalId: "5e41ce00-0000-4000-8000-000000000001",
  servicePrincipalName: "Nightly job",
  servicePrincipalCredentialKeyId: "ce400000-0000-4000-8000-000000000001",
};

export const failed = (errorCode: unknown, failureReason: string): Data => ({
  ...SIGN_IN,
  status: { errorCode, failureReason, additionalDetails: null },
});

/** The same as Azure Monitor exports it, one a line. */
export function azureRecord(category: string, properties: Data): Data {
  return {
    time: "2026-03-02T09:15:30.0000000Z",
    resourceId: "/tenants/1a4b0000-0000-4000-8000-000000000001/providers/Microsoft.aadiam",
    operationName: "Sign-in activity",
    operationVersion: "1.0",
    category,
    tenantId: "1a4b0000-0000-4000-8000-000000000001",
    resultType: "0",
    resultSignature: "None",
    durationMs: 0,
    callerIpAddress: "192.0.2.10",
    correlationId: "c0ffee00-0000-4000-8000-000000000001",
    identity: "Alice Example",
    Level: 4,
    location: "DE",
    properties,
  };
}
