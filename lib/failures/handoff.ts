/**
 * The call that makes a source try again what failed, ready for a shell. It holds ids of the record and never a secret: the host
 * of the tenant and the token are variables of the shell.
 */
import { anyCase, type JsonObject, objectOf, textOf } from "../ingest/adapters/read.ts";
import type { NormalEvent } from "../ingest/event.ts";

export interface Handoff {
  /** Curl, in one line. */
  call: string;
  /** What it does, in a sentence. */
  does: string;
  /** What to know or fill in before; null when nothing. */
  before: string | null;
  /** The vendor's page of the call. */
  docs: string;
}

interface Call {
  method: "POST" | "DELETE" | "PUT";
  /** A variable of the shell, or the address of the API. */
  host: string;
  path: string;
  authorization: string;
  /** JSON, or null. */
  body: unknown;
}

/** A text as one word of a POSIX shell, whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A variable in a quoted text: written there as `{{NAME}}`, expanded by the shell. */
const withVariables = (text: string): string =>
  quoted(text).replace(/\{\{(RULE_ID|JOB_ID)\}\}/gu, (_, name: string) => `'"$${name}"'`);

const segment = (id: string): string => encodeURIComponent(id).replaceAll("'", "%27");

function curl({ method, host, path, authorization, body }: Call): string {
  const words = ["curl", "-X", method, `${host}${withVariables(path)}`, "-H", authorization];
  if (body !== null)
    words.push("-H", quoted("Content-Type: application/json"), "-d", withVariables(JSON.stringify(body)));
  return words.join(" ");
}

const GRAPH = {
  host: '"https://graph.microsoft.com"',
  authorization: '"Authorization: Bearer $GRAPH_TOKEN"',
} as const;
const OKTA = { host: '"$OKTA_ORG_URL"', authorization: '"Authorization: SSWS $OKTA_API_TOKEN"' } as const;

/** An id of a record inside a call's JSON must not be taken for a variable. */
const plainId = (id: string): string => id.replaceAll("{{", "{ {");

function entraHandoff(event: NormalEvent, record: JsonObject): Handoff | null {
  const application = event.application?.id ?? null;
  if (application === null) return null;
  const body = objectOf(anyCase(record, "properties")) ?? record;
  const known = textOf(anyCase(body, "jobId"));
  const job = known === null ? "{{JOB_ID}}" : segment(known);
  const jobs = `/v1.0/servicePrincipals/${segment(application)}/synchronization/jobs`;
  const noJob = known === null ? `Set JOB_ID: GET https://graph.microsoft.com${jobs} lists the jobs. ` : "";
  if (event.object === "application") {
    return {
      call: curl({ method: "POST", ...GRAPH, path: `${jobs}/${job}/start`, body: null }),
      does: "Starts the provisioning job again and ends its quarantine.",
      before: `${noJob}Mend what led to the quarantine first: else the job goes back into it.`,
      docs: "https://learn.microsoft.com/en-us/graph/api/synchronization-synchronizationjob-start",
    };
  }
  const group = event.object === "group";
  const id = group ? event.entitlement?.id : event.person?.id;
  if (!id) return null;
  const subject = { objectId: plainId(id), objectTypeName: group ? "Group" : "User" };
  return {
    call: curl({
      method: "POST",
      ...GRAPH,
      path: `${jobs}/${job}/provisionOnDemand`,
      body: { parameters: [{ ruleId: "{{RULE_ID}}", subjects: [subject] }] },
    }),
    does: group
      ? "Provisions this group on demand; without its members, who are named beside it under links."
      : "Provisions this person on demand: what was to be created, changed or ended is tried now.",
    before: `${noJob}Set RULE_ID: the id of the synchronization rule in GET https://graph.microsoft.com${jobs}/${known ?? "$JOB_ID"}/schema. At most 5 calls in 10 seconds.`,
    docs: "https://learn.microsoft.com/en-us/graph/api/synchronization-synchronizationjob-provisionondemand",
  };
}

const OKTA_USERS =
  "https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationUsers/";
const OKTA_GROUPS = "https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/";
const OKTA_CONNECTIONS =
  "https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationConnections/";

/** The ids in Okta's paths are Okta's own: of the user, not of the account. */
function oktaHandoff(event: NormalEvent): Handoff | null {
  const application = event.application?.id ?? null;
  if (application === null) return null;
  const app = `/api/v1/apps/${segment(application)}`;
  if (event.object === "application") {
    return {
      call: curl({
        method: "POST",
        ...OKTA,
        path: `${app}/connections/default/lifecycle/activate`,
        body: null,
      }),
      does: "Activates the application's provisioning connection again.",
      before: "Renew the credentials of the connection first, where they were refused.",
      docs: OKTA_CONNECTIONS,
    };
  }
  const user = event.person?.id ?? null;
  if (user === null || event.object !== "user") return null;
  const assignment = `${app}/users/${segment(user)}`;
  switch (event.operation) {
    case "create":
    case "reactivate":
      return {
        call: curl({
          method: "POST",
          ...OKTA,
          path: `${app}/users`,
          body: { id: plainId(user), scope: "USER" },
        }),
        does: "Assigns the application to the person anew, which creates the account.",
        before: "Where the person has it through a group, the assignment becomes one of their own.",
        docs: OKTA_USERS,
      };
    case "update":
      return {
        call: curl({ method: "POST", ...OKTA, path: assignment, body: { profile: {} } }),
        does: "Updates the person's profile at the application, which pushes it.",
        before: "Put the attributes that are to be pushed into profile.",
        docs: OKTA_USERS,
      };
    case "deactivate":
    case "delete":
      return {
        call: curl({ method: "DELETE", ...OKTA, path: assignment, body: null }),
        does: "Takes the application from the person, which deactivates the account.",
        before:
          "Where it was taken from them already, Okta knows no assignment any more and answers 404: assign it first, or end the account at the application.",
        docs: OKTA_USERS,
      };
    case "member-add":
    case "member-remove": {
      const group = event.entitlement?.kind === "group" ? event.entitlement.id : null;
      if (group === null) return null;
      const add = event.operation === "member-add";
      return {
        call: curl({
          method: add ? "PUT" : "DELETE",
          ...OKTA,
          path: `/api/v1/groups/${segment(group)}/users/${segment(user)}`,
          body: null,
        }),
        does: add ? "Puts the person into the group." : "Takes the person out of the group.",
        before:
          "Okta pushes what changes: where the membership stands there already as it should, push the group anew in the Admin Console.",
        docs: OKTA_GROUPS,
      };
    }
    default:
      return null;
  }
}

/** Whether the calls of a source's failures are read from the raw records; else the events say enough. */
export const readsRecord = (format: string): boolean => format === "entra";

/**
 * @param format of the source: its adapter's name.
 * @param event the failure.
 * @param record the raw record behind it, parsed; null when it is no JSON object, or is not needed ({@link readsRecord}).
 * @returns null where the source has no call for it, or the record lacks its ids.
 */
export function handoffOf(format: string, event: NormalEvent, record: JsonObject | null): Handoff | null {
  if (format === "entra") return entraHandoff(event, record ?? {});
  return format === "okta" ? oktaHandoff(event) : null;
}
