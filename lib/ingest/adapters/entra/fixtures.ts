/** Provisioning records in Entra's real shapes, for tests. */

export interface Member {
  [name: string]: unknown;
}

export const UPN = "alice@larkspur.example";

export const SOURCE = {
  id: "11111111-aaaa-4aaa-8aaa-000000000001",
  displayName: "Alice Example",
  identityType: "User",
  details: { id: "11111111-aaaa-4aaa-8aaa-000000000001", odatatype: "User", UserPrincipalName: UPN },
};
export const TARGET = {
  id: "scim-4711",
  displayName: "",
  identityType: "urn:ietf:params:scim:schemas:core:2.0:User",
  details: {},
};
export const SOURCE_GROUP = {
  id: "22222222-bbbb-4bbb-8bbb-000000000002",
  displayName: "Engineering",
  identityType: "Group",
  details: {},
};

const DETAILS = {
  objectId: SOURCE.id,
  displayName: "Alice Example",
  userPrincipalName: UPN,
  department: "Research",
  jobTitle: "Chemist",
};

/** The import step, with what the source of truth says of the person beside the usual. */
export function importStep(details: Member): Member {
  return {
    name: "EntryImportAdd",
    provisioningStepType: "import",
    status: "success",
    description: `Received User '${UPN}' change of type (Add) from Microsoft Entra ID`,
    details: { ...DETAILS, ...details },
  };
}

export const EXPORT_STEP: Member = {
  name: "EntryExportAdd",
  provisioningStepType: "export",
  status: "success",
  description: `User '${UPN}' was created in Team Chat`,
  details: { ReportableIdentifier: UPN },
};

/** A record as Microsoft Graph gives it, of a user made in an application, with what differs from that. */
export function graphRecord(differs: Member = {}): Member {
  return {
    id: "33333333-cccc-4ccc-8ccc-000000000003",
    activityDateTime: "2026-03-02T09:15:30.2503931Z",
    tenantId: "44444444-dddd-4ddd-8ddd-000000000004",
    jobId: "scim.44444444dddd4ddd8ddd000000000004",
    cycleId: "55555555-eeee-4eee-8eee-000000000005",
    changeId: "66666666-ffff-4fff-8fff-000000000006",
    provisioningAction: "create",
    durationInMilliseconds: 828,
    sourceSystem: { id: "s1", displayName: "Microsoft Entra ID", details: {} },
    targetSystem: { id: "t1", displayName: "Chat", details: { ApplicationId: "a1" } },
    servicePrincipal: { id: "77777777-aaaa-4aaa-8aaa-000000000007", displayName: "Team Chat" },
    initiatedBy: { id: "", displayName: "Microsoft Entra ID Provisioning Service", initiatorType: "system" },
    sourceIdentity: SOURCE,
    targetIdentity: TARGET,
    provisioningStatusInfo: { status: "success", errorInformation: null },
    provisioningSteps: [importStep({}), EXPORT_STEP],
    modifiedProperties: [],
    ...differs,
  };
}

/** A failure with Entra's error information. */
export function failedRecord(errorCode: string | null, reason: string | null, more: Member = {}): Member {
  return graphRecord({
    provisioningStatusInfo: {
      status: "failure",
      errorInformation: {
        errorCode,
        reason,
        additionalDetails: null,
        errorCategory: "nonServiceFailure",
        recommendedAction: null,
        ...more,
      },
    },
  });
}

const STEP_TYPES = ["import", "scoping", "matching", "processing", "referenceResolution", "export"];
const STATUSES = ["success", "failure", "skipped"];

function capitalised({ id, displayName, ...rest }: Member): Member {
  return { ...rest, Id: id, Name: displayName };
}

/** The same record as Azure Monitor delivers it: an envelope, capitals, numbers. */
export function azureRecord(graph: Member, resultType = "Success"): Member {
  const { initiatorType, ...initiatedBy } = graph.initiatedBy as Member;
  const { status, errorInformation } = graph.provisioningStatusInfo as Member;
  const steps = graph.provisioningSteps as Member[];
  return {
    time: "2026-03-02T09:15:31.0000000Z",
    resourceId: "/tenants/44444444-dddd-4ddd-8ddd-000000000004/providers/Microsoft.aadiam",
    operationName: "Provisioning activity",
    category: "ProvisioningLogs",
    resultType,
    durationMs: 828,
    correlationId: graph.changeId,
    identity: graph.id,
    Level: 4,
    properties: {
      ...graph,
      action: "Create",
      servicePrincipal: capitalised(graph.servicePrincipal as Member),
      sourceSystem: capitalised(graph.sourceSystem as Member),
      targetSystem: capitalised(graph.targetSystem as Member),
      sourceIdentity: capitalised(graph.sourceIdentity as Member),
      targetIdentity: capitalised(graph.targetIdentity as Member),
      initiatedBy: { ...capitalised(initiatedBy), Type: initiatorType },
      provisioningStatusInfo: { Status: status, errorInformation },
      statusInfo: { Status: STATUSES.indexOf(String(status)) },
      provisioningSteps: steps.map((step) => ({
        ...step,
        provisioningStepType: STEP_TYPES.indexOf(String(step.provisioningStepType)),
        status: STATUSES.indexOf(String(step.status)),
      })),
    },
  };
}
