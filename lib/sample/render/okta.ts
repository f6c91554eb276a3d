/** Happenings as records of the Okta System Log, one JSON object a line. */
import { iso } from "../calendar.ts";
import type { SampleFile } from "../file.ts";
import type { AccountHappening, DirectoryChange, Happening, Person, Plan } from "../plan.ts";
import { Random } from "../random.ts";
import { fill, labelAt } from "./labels.ts";
import { type Circumstance, circumstanceOf } from "./okta-context.ts";
import { OKTA_EVENTS } from "./okta-events.ts";

interface Target {
  id: string;
  type: string;
  alternateId: string;
  displayName: string;
  detailEntry: Record<string, string> | null;
  changeDetails?: { from: Record<string, string>; to: Record<string, string> };
}

/** What a record says, before the circumstances that every record carries. */
interface Statement {
  type: string;
  actor: Target;
  targets: Target[];
  result: "SUCCESS" | "FAILURE" | "ALLOW";
  reason: string | null;
  tokenId?: string;
}

const SYSTEM: Target = {
  id: "okta.2b1959c8-bcc0-56eb-a589-cfcfb7422f26",
  type: "SystemPrincipal",
  alternateId: "system@okta.com",
  displayName: "Okta System",
  detailEntry: null,
};

const DIRECTORY_TYPES: Record<DirectoryChange, string> = {
  create: "user.lifecycle.create",
  activate: "user.lifecycle.activate",
  update: "user.account.update_profile",
  suspend: "user.lifecycle.suspend",
  unsuspend: "user.lifecycle.unsuspend",
  deactivate: "user.lifecycle.deactivate",
  reactivate: "user.lifecycle.reactivate",
  "delete-initiated": "user.lifecycle.delete.initiated",
  "delete-completed": "user.lifecycle.delete.completed",
};

function userTarget(person: Person): Target {
  const { oktaId, userName, displayName } = person;
  return { id: oktaId ?? "unknown", type: "User", alternateId: userName, displayName, detailEntry: null };
}

function applicationTarget(application: { id: string; name: string }): Target {
  const { id, name } = application;
  return { id, type: "AppInstance", alternateId: name, displayName: name, detailEntry: null };
}

/** Ids of directory objects that the plan names only: the same name always gets the same id. */
function namedTarget(type: string, prefix: string, name: string): Target {
  const id = new Random(7, `${type} ${name}`).oktaId(prefix);
  return { id, type, alternateId: "unknown", displayName: name, detailEntry: null };
}

function attemptType(happening: AccountHappening, random: Random): string {
  switch (happening.kind) {
    case "assignment":
      return `application.user_membership.${happening.action}`;
    case "task":
      return `application.user_membership.${happening.action === "create" ? "provision" : "deprovision"}`;
    case "import":
      return "application.provision.user.import";
    case "delete-scheduled":
      return "application.provision.user.delete.schedule";
    case "sign-in":
      return "user.authentication.sso";
    case "attempt":
      break;
  }
  switch (happening.action) {
    case "create":
      return "application.provision.user.push";
    case "update":
      return "application.provision.user.push_profile";
    case "reactivate":
      return "application.provision.user.reactivate";
    case "deactivate":
      return `application.provision.user.${random.chance(0.5) ? "deactivate" : "deprovision"}`;
    case "delete":
      return "application.provision.user.delete";
    case "member-add":
      return "application.provision.group_membership.add";
    case "member-remove":
      return "application.provision.group_membership.remove";
  }
}

function ofAccount(happening: AccountHappening, admin: Target, random: Random): Statement {
  const { account, at } = happening;
  const { person } = account;
  const application = applicationTarget({
    id: account.application.id,
    name: labelAt(account.application, at),
  });
  const appUser: Target = {
    id: account.id,
    type: "AppUser",
    alternateId: account.userName,
    displayName: account.displayName,
    detailEntry: null,
  };
  const user = person === null ? null : userTarget(person);
  const type = attemptType(happening, random);
  if (happening.kind === "sign-in") {
    application.detailEntry = { signOnModeType: "SAML_2_0" };
    return {
      type,
      actor: user ?? SYSTEM,
      targets: happening.bare ? [application] : [application, appUser],
      result: happening.ok ? "SUCCESS" : "FAILURE",
      reason: happening.ok ? null : "User is not assigned to this application at this network zone.",
    };
  }
  const targets = [appUser, application];
  // A profile push sometimes names only the account: by then it is known whose it is.
  const anonymous = happening.kind === "attempt" && happening.action === "update" && random.chance(0.03);
  if (user !== null && !anonymous) targets.push(user);
  const failed = happening.kind === "attempt" && happening.outcome === "failure" ? happening.fault : null;
  if (happening.kind === "attempt" && happening.group !== null) {
    targets.push(namedTarget("UserGroup", "00g", happening.group));
  }
  const byPerson = happening.kind === "assignment" || happening.kind === "task";
  return {
    type,
    actor: byPerson ? admin : SYSTEM,
    targets: random.shuffled(targets),
    result: failed === null ? "SUCCESS" : "FAILURE",
    reason: failed === null ? null : fill(failed.words, account.userName, labelAt(account.application, at)),
  };
}

/** What Okta records of a happening; null when it is another source's to tell. */
function statementOf(happening: Happening, admin: Target, random: Random): Statement | null {
  const plain = { result: "SUCCESS", reason: null } as const;
  switch (happening.kind) {
    case "dsync":
      return null;
    case "directory": {
      const user = userTarget(happening.person);
      if (happening.move !== null) {
        const { from, to } = happening.move;
        user.changeDetails = { from: { ...from }, to: { ...to } };
      }
      const actor = happening.change === "update" ? SYSTEM : admin;
      return { type: DIRECTORY_TYPES[happening.change], actor, targets: [user], ...plain };
    }
    case "group": {
      const targets = [userTarget(happening.person), namedTarget("UserGroup", "00g", happening.group)];
      return { type: `group.user_membership.${happening.action}`, actor: SYSTEM, targets, ...plain };
    }
    case "session": {
      const { person, ok } = happening;
      const reason = ok ? null : "INVALID_CREDENTIALS";
      const result = ok ? "SUCCESS" : "FAILURE";
      return { type: "user.session.start", actor: userTarget(person), targets: [], result, reason };
    }
    case "noise": {
      const actor = userTarget(happening.person);
      const result = happening.type.startsWith("policy.") ? "ALLOW" : "SUCCESS";
      return { type: happening.type, actor, targets: [actor], result, reason: null };
    }
    case "credential": {
      const { credential, action } = happening;
      const actor = credential.owner === null ? SYSTEM : userTarget(credential.owner);
      if (action === "use") {
        const targets = [namedTarget("UserGroup", "00g", "Everyone")];
        return { type: "group.profile.update", actor, targets, ...plain, tokenId: credential.id };
      }
      const token = namedTarget("Token", "00T", credential.name);
      const targets = [{ ...token, id: credential.id }];
      return { type: `system.api_token.${action}`, actor, targets, ...plain };
    }
    default:
      break;
  }
  const application = "account" in happening ? happening.account.application : happening.application;
  if (application.idp !== "okta") return null;
  if ("account" in happening) return ofAccount(happening, admin, random);
  const label = labelAt(application, happening.at);
  const target = applicationTarget({ id: application.id, name: label });
  if (happening.kind === "connection") {
    return {
      type: "application.integration.rate_limit_exceeded",
      actor: SYSTEM,
      targets: [target],
      result: "FAILURE",
      reason: fill(happening.fault.words, "several users", label),
    };
  }
  const pushed = happening.action === "create" ? "pushed" : "updated";
  const targets = random.shuffled([target, namedTarget("UserGroup", "00g", happening.group)]);
  return { type: `application.provision.group_push.${pushed}`, actor: SYSTEM, targets, ...plain };
}

/** The record with every field that the System Log gives. */
function recordOf(at: number, statement: Statement, where: Circumstance, random: Random): object {
  const event = OKTA_EVENTS[statement.type];
  const severity = statement.result === "FAILURE" ? "WARN" : "INFO";
  return {
    actor: statement.actor,
    client: where.client,
    device: null,
    authenticationContext: where.authenticationContext,
    displayMessage: event?.message ?? statement.type,
    eventType: statement.type,
    outcome: { result: statement.result, reason: statement.reason },
    published: iso(at),
    securityContext: where.securityContext,
    severity,
    debugContext: where.debugContext,
    legacyEventType: event?.legacy ?? null,
    transaction: {
      type: where.transactionType,
      id: where.requestId,
      detail: statement.tokenId === undefined ? {} : { requestApiTokenId: statement.tokenId },
    },
    uuid: random.uuid(),
    version: "0",
    request: where.request,
    target: statement.targets.length === 0 ? null : statement.targets,
  };
}

/** The Okta org's file: what `GET /api/v1/logs` gives, a record a line. */
export function renderOkta(plan: Plan): SampleFile {
  const admin = plan.people.find(
    ({ oktaId, department, departures, joinedAt }) =>
      oktaId !== null && department === "IT" && departures.length === 0 && joinedAt === null,
  );
  const administrator = admin === undefined ? SYSTEM : userTarget(admin);
  const ofOkta = (happening: Happening): boolean => {
    if (happening.kind === "dsync") return false;
    if ("account" in happening) return happening.account.application.idp === "okta";
    return !("application" in happening) || happening.application.idp === "okta";
  };
  const happenings = plan.happenings.filter(ofOkta);
  return {
    name: "okta-system-log.ndjson",
    source: "okta",
    format: "okta",
    label: "Okta, Larkspur Labs",
    customer: null,
    records: happenings.length,
    *chunks() {
      const random = plan.random.fork("okta records");
      let lines = "";
      for (const happening of happenings) {
        const statement = statementOf(happening, administrator, random);
        if (statement === null) continue;
        const where = circumstanceOf(statement.actor.type === "User", statement.actor.id, random);
        lines += `${JSON.stringify(recordOf(happening.at, statement, where, random))}\n`;
        if (lines.length < 65_536) continue;
        yield lines;
        lines = "";
      }
      if (lines !== "") yield lines;
    },
  };
}
