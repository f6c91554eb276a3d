/** One happening as Entra's provisioning log tells it, before it takes the form of Graph or of Azure Monitor. */
import { type Instant, iso } from "../calendar.ts";
import type { Account, AccountHappening, Happening } from "../plan.ts";
import { Random } from "../random.ts";
import { fill, labelAt } from "./labels.ts";

export type StepType = "import" | "scoping" | "matching" | "processing" | "referenceResolution" | "export";
export type StepStatus = "success" | "failure" | "skipped";

interface Step {
  name: string;
  type: StepType;
  status: StepStatus;
  description: string;
  details: Record<string, string>;
}

interface Party {
  id: string;
  displayName: string;
  identityType: string;
  details: Record<string, string>;
}

export interface EntraRecord {
  id: string;
  at: string;
  tenantId: string;
  jobId: string;
  cycleId: string;
  changeId: string;
  action: "create" | "update" | "disable" | "delete" | "stagedDelete" | "other";
  duration: number;
  application: { id: string; name: string };
  source: Party;
  target: Party;
  status: StepStatus;
  error: {
    errorCode: string;
    reason: string;
    errorCategory: string;
    recommendedAction: string | null;
  } | null;
  steps: Step[];
  modified: { displayName: string; oldValue: string | null; newValue: string | null }[];
}

export const TENANT = "6f1d3c52-8a07-4b7e-9a53-2f0c6d1e7b94";

const NOBODY: Party = { id: "", displayName: "", identityType: "User", details: {} };

/** Whether Entra has the account's person enabled at that moment. */
function enabledAt(account: Account, at: Instant): boolean {
  return !(account.person?.entraDisabled.some(({ from, to }) => at > from && at < to) ?? false);
}

type Attempt = Extract<AccountHappening, { kind: "attempt" }>;

function actionOf({ action }: Attempt, viaUpdate: boolean, staged: boolean): EntraRecord["action"] {
  if (action === "create" || action === "update" || action === "delete") return action;
  if (action === "reactivate" || viaUpdate) return "update";
  return staged ? "stagedDelete" : "disable";
}

function stepsOf(happening: Attempt, application: string, enabled: boolean, terse: boolean): Step[] {
  const { account, action, outcome } = happening;
  const { person, userName } = account;
  const verb = action === "create" ? "Add" : action === "delete" ? "Delete" : "Update";
  const user = `User '${userName}'`;
  const imported = {
    objectId: person?.entraId ?? "",
    displayName: account.displayName,
    userPrincipalName: userName,
    department: person?.department ?? "",
    jobTitle: person?.title ?? "",
    ...(terse ? {} : { accountEnabled: enabled ? "True" : "False", IsSoftDeleted: "False" }),
  };
  const steps: Step[] = [
    {
      name: `EntryImport${verb}`,
      type: "import",
      status: "success",
      description: `Received ${user} change of type (${verb}) from Microsoft Entra ID`,
      details: imported,
    },
    {
      name: "EntrySynchronizationScoping",
      type: "scoping",
      status: "success",
      description: "Determine if User in scope by evaluating against each scoping filter",
      details: {
        "Active in the source system": enabled ? "True" : "False",
        "Assigned to the application": "True",
        ScopeEvaluationResult: "{}",
      },
    },
    {
      name: `EntrySynchronization${verb}`,
      type: "matching",
      status: "success",
      description: `${user} will be ${verb === "Add" ? "created" : "changed"} in ${application}`,
      details: {},
    },
  ];
  if (outcome === "skipped") {
    steps.push({
      name: "EntrySynchronizationSkip",
      type: "processing",
      status: "skipped",
      description: `${user} will be skipped. The User in ${application} needs no change.`,
      details: { SkipReason: "RedundantExport", ReportableIdentifier: userName },
    });
  } else {
    steps.push({
      name: `EntryExport${verb}`,
      type: "export",
      status: outcome,
      description: `${outcome === "failure" ? "Failed to change" : "Changed"} ${user} in ${application}`,
      details: { userName, ReportableIdentifier: userName },
    });
  }
  return steps;
}

function modifiedBy(happening: Attempt): EntraRecord["modified"] {
  const { account, action } = happening;
  switch (action) {
    case "create":
      return [
        { displayName: "userName", oldValue: null, newValue: account.userName },
        { displayName: "displayName", oldValue: null, newValue: account.displayName },
        { displayName: "active", oldValue: null, newValue: "True" },
      ];
    case "update":
      return [{ displayName: "title", oldValue: "Associate", newValue: account.person?.title ?? "" }];
    case "reactivate":
      return [{ displayName: "active", oldValue: "False", newValue: "True" }];
    case "deactivate":
      return [{ displayName: "active", oldValue: "True", newValue: "False" }];
    default:
      return [];
  }
}

function ofAttempt(
  happening: Attempt,
  random: Random,
): Omit<
  EntraRecord,
  "id" | "at" | "tenantId" | "jobId" | "cycleId" | "changeId" | "duration" | "application"
> {
  const { account, action, outcome, at } = happening;
  const { person, userName } = account;
  const application = labelAt(account.application, at);
  const enabled = enabledAt(account, at);
  // Entra leaves out what an ordinary update did not import.
  const terse = action === "update" && enabled && person?.entraDisabled.length === 0 && random.chance(0.4);
  const how = random.next();
  const failed = outcome === "failure" ? happening.fault : null;
  const created = action !== "create" || outcome === "success";
  return {
    action: actionOf(happening, action === "deactivate" && how < 0.3, how > 0.85),
    source: {
      id: person?.entraId ?? "",
      displayName: account.displayName,
      identityType: "User",
      details: {
        id: person?.entraId ?? "",
        odatatype: "User",
        DisplayName: account.displayName,
        UserPrincipalName: userName,
      },
    },
    target: {
      id: created ? account.id : "",
      displayName: created ? account.displayName : "",
      identityType: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      details: {},
    },
    status: outcome,
    error:
      failed === null
        ? null
        : {
            errorCode: failed.code ?? "Unknown",
            reason: fill(failed.words, userName, application),
            errorCategory: "nonServiceFailure",
            recommendedAction:
              "Look at the error of the application, mend its cause, and restart the provisioning of this user.",
          },
    steps: stepsOf(happening, application, enabled, terse),
    modified: modifiedBy(happening),
  };
}

/** The record of a happening; null when it is not Entra's to tell. */
export function entraRecord(happening: Happening, random: Random): EntraRecord | null {
  const application =
    "account" in happening
      ? happening.account.application
      : "application" in happening
        ? happening.application
        : null;
  if (application === null || application.idp !== "entra") return null;
  const name = labelAt(application, happening.at);
  const cycle = new Random(3, `${application.id} ${Math.floor(happening.at / 2_400_000)}`);
  const frame = {
    id: random.uuid(),
    at: iso(happening.at),
    tenantId: TENANT,
    jobId: `${application.name.replaceAll(" ", "")}OutDelta.${TENANT.replaceAll("-", "")}.${application.id}`,
    cycleId: cycle.uuid(),
    changeId: random.uuid(),
    duration: random.int(200, 4200),
    application: { id: application.id, name },
  };
  if (happening.kind === "attempt") return { ...frame, ...ofAttempt(happening, random) };
  if (happening.kind === "connection") {
    const { code, words } = happening.fault;
    return {
      ...frame,
      action: "other",
      source: NOBODY,
      target: NOBODY,
      status: "failure",
      error: {
        errorCode: code ?? "Unknown",
        reason: fill(words, "", name),
        errorCategory: "serviceFailure",
        recommendedAction: "Give the provisioning job valid credentials and restart it.",
      },
      steps: [],
      modified: [],
    };
  }
  if (happening.kind !== "group-push") return null;
  const { group, action } = happening;
  const named = new Random(5, `${application.id} ${group}`);
  const verb = action === "create" ? "Add" : "Update";
  return {
    ...frame,
    action,
    source: { id: named.uuid(), displayName: group, identityType: "Group", details: {} },
    target: {
      id: named.uuid(),
      displayName: group,
      identityType: "urn:ietf:params:scim:schemas:core:2.0:Group",
      details: {},
    },
    status: "success",
    error: null,
    steps: [
      {
        name: `EntryImport${verb}`,
        type: "import",
        status: "success",
        description: `Received Group '${group}' change of type (${verb}) from Microsoft Entra ID`,
        details: {},
      },
      {
        name: `EntryExport${verb}`,
        type: "export",
        status: "success",
        description: `Group '${group}' was ${action}d in ${name}`,
        details: { ReportableIdentifier: group },
      },
    ],
    modified: [{ displayName: "displayName", oldValue: null, newValue: group }],
  };
}
