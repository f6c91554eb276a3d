/** Entra's provisioning log in its two forms: pages of Microsoft Graph, later the stream of Azure Monitor. */
import type { Instant } from "../calendar.ts";
import type { SampleFile } from "../file.ts";
import type { Happening, Plan } from "../plan.ts";
import { type EntraRecord, entraRecord, type StepStatus, type StepType, TENANT } from "./entra-record.ts";

/** So many days before the end the tenant began to stream its log instead of being read by Graph. */
const STREAMED_DAYS = 45.2;

const STEP_NUMBERS: Record<StepType, number> = {
  import: 0,
  scoping: 1,
  matching: 2,
  processing: 3,
  referenceResolution: 4,
  export: 5,
};
const STATUS_NUMBERS: Record<StepStatus, number> = { success: 0, failure: 1, skipped: 2 };

function graphForm(record: EntraRecord): object {
  return {
    id: record.id,
    activityDateTime: record.at,
    tenantId: record.tenantId,
    jobId: record.jobId,
    cycleId: record.cycleId,
    changeId: record.changeId,
    provisioningAction: record.action,
    durationInMilliseconds: record.duration,
    servicePrincipal: { id: record.application.id, displayName: record.application.name },
    sourceSystem: {
      id: "7c1a2b3d-0f5e-4d6a-9b8c-1e2f3a4b5c6d",
      displayName: "Microsoft Entra ID",
      details: {},
    },
    targetSystem: {
      id: record.application.id,
      displayName: record.application.name,
      details: {
        ServicePrincipalId: record.application.id,
        ServicePrincipalDisplayName: record.application.name,
      },
    },
    initiatedBy: { id: "", displayName: "Azure AD Provisioning Service", initiatorType: "system" },
    sourceIdentity: record.source,
    targetIdentity: record.target,
    provisioningStatusInfo: {
      status: record.status,
      errorInformation: record.error === null ? null : { ...record.error, additionalDetails: null },
    },
    provisioningSteps: record.steps.map(({ name, type, status, description, details }) => ({
      name,
      provisioningStepType: type,
      status,
      description,
      details,
    })),
    modifiedProperties: record.modified,
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function monitorForm(record: EntraRecord): object {
  const party = ({ id, displayName, identityType, details }: EntraRecord["source"]) => ({
    identityType,
    details,
    Id: id,
    Name: displayName,
  });
  const time = record.at.replace("Z", "0000Z");
  return {
    time,
    resourceId: `/tenants/${TENANT}/providers/Microsoft.aadiam`,
    operationName: "Provisioning activity",
    operationVersion: "1.0",
    category: "ProvisioningLogs",
    tenantId: TENANT,
    resultType: capital(record.status),
    durationMs: record.duration,
    correlationId: record.changeId,
    identity: record.id,
    Level: 4,
    properties: {
      id: record.id,
      activityDateTime: time,
      tenantId: record.tenantId,
      jobId: record.jobId,
      cycleId: record.cycleId,
      changeId: record.changeId,
      action: capital(record.action),
      provisioningAction: record.action,
      servicePrincipal: { Id: record.application.id, Name: record.application.name },
      sourceSystem: { details: {}, Id: "7c1a2b3d-0f5e-4d6a-9b8c-1e2f3a4b5c6d", Name: "Microsoft Entra ID" },
      targetSystem: {
        details: {
          ServicePrincipalId: record.application.id,
          ServicePrincipalDisplayName: record.application.name,
        },
        Id: record.application.id,
        Name: record.application.name,
      },
      initiatedBy: { Type: "system", Id: "", Name: "Azure AD Provisioning Service" },
      sourceIdentity: party(record.source),
      targetIdentity: party(record.target),
      provisioningStatusInfo: {
        Status: record.status,
        errorInformation: record.error === null ? null : { ...record.error, additionalDetails: null },
      },
      statusInfo: { Status: STATUS_NUMBERS[record.status] },
      provisioningSteps: record.steps.map(({ name, type, status, description, details }) => ({
        name,
        provisioningStepType: STEP_NUMBERS[type],
        status: STATUS_NUMBERS[status],
        description,
        details,
      })),
      modifiedProperties: record.modified,
      durationInMilliseconds: record.duration,
    },
  };
}

function ofEntra(plan: Plan, from: Instant, to: Instant): Happening[] {
  return plan.happenings.filter((happening) => {
    if (happening.at < from || happening.at >= to) return false;
    if ("account" in happening) return happening.account.application.idp === "entra";
    return "application" in happening && happening.application.idp === "entra";
  });
}

function* records(plan: Plan, happenings: Happening[], stream: string): Generator<EntraRecord> {
  const random = plan.random.fork(stream);
  for (const happening of happenings) {
    const record = entraRecord(happening, random);
    if (record !== null) yield record;
  }
}

/** The tenant's file of pages as Microsoft Graph gives them, joined into one. */
export function renderEntra(plan: Plan): SampleFile {
  const happenings = ofEntra(plan, 0, plan.calendar.ago(STREAMED_DAYS));
  return {
    name: "entra-provisioning.json",
    source: "entra",
    format: "entra",
    label: "Entra, Fernhill",
    customer: null,
    records: happenings.length,
    *chunks() {
      yield '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/provisioning","value":[';
      let comma = "";
      for (const record of records(plan, happenings, "entra pages")) {
        yield `${comma}\n${JSON.stringify(graphForm(record))}`;
        comma = ",";
      }
      yield "\n]}\n";
    },
  };
}

/** The tenant's later records, as its diagnostic settings stream them: a record a line. */
export function renderEntraStream(plan: Plan): SampleFile {
  const happenings = ofEntra(plan, plan.calendar.ago(STREAMED_DAYS), Number.POSITIVE_INFINITY);
  return {
    name: "entra-provisioning-stream.ndjson",
    source: "entra",
    format: "entra",
    label: "Entra, Fernhill",
    customer: null,
    records: happenings.length,
    *chunks() {
      for (const record of records(plan, happenings, "entra stream")) {
        yield `${JSON.stringify(monitorForm(record))}\n`;
      }
    },
  };
}
