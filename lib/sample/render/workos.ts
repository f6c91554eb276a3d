/** What WorkOS Directory Sync tells, as a page of `GET /events`. */
import { iso } from "../calendar.ts";
import type { SampleFile } from "../file.ts";
import type { Credential, DsyncEvent, Person, Plan } from "../plan.ts";
import { Random } from "../random.ts";

const DIRECTORY = "directory_01K3V7Q2M8X4T6B9N1C5D7F0GH";
const ORGANIZATION = "org_01K3V7PZ5R2W8Y4J6S0A3E9KMT";

function directoryUser(person: Person, state: string, at: string): object {
  const { displayName, givenName, familyName, workosEmail, department, title } = person;
  return {
    object: "directory_user",
    id: person.workosId,
    directory_id: DIRECTORY,
    organization_id: ORGANIZATION,
    idp_id: person.oktaId,
    email: workosEmail,
    first_name: givenName,
    last_name: familyName,
    name: displayName,
    emails: [{ primary: true, type: "work", value: workosEmail }],
    job_title: title,
    username: workosEmail,
    state,
    raw_attributes: { department },
    custom_attributes: { department, job_title: title },
    role: { slug: "member" },
    roles: [{ slug: "member" }],
    created_at: at,
    updated_at: at,
  };
}

function directoryToken(credential: Credential): object {
  return {
    object: "directory_token",
    id: credential.id,
    directory_id: DIRECTORY,
    organization_id: ORGANIZATION,
    token_suffix: credential.name,
    created_at: iso(credential.createdAt),
  };
}

function directoryGroup(name: string, at: string): object {
  return {
    object: "directory_group",
    id: new Random(13, name).workosId("directory_group"),
    idp_id: new Random(13, name).oktaId("00g"),
    directory_id: DIRECTORY,
    organization_id: ORGANIZATION,
    name,
    raw_attributes: {},
    created_at: at,
    updated_at: at,
  };
}

/** The event's type and data. */
function bodyOf(event: DsyncEvent, at: string): [string, object] {
  switch (event.type) {
    case "activated":
      return [
        "dsync.activated",
        {
          object: "directory",
          id: DIRECTORY,
          organization_id: ORGANIZATION,
          type: "okta scim v2.0",
          state: "active",
          name: "Larkspur Labs directory",
          created_at: at,
          updated_at: at,
          external_key: "kMqz7sVnBc2xLw9T",
          domains: [
            {
              object: "organization_domain",
              id: "org_domain_01K3V7Q0D4H8B2F6N9X1C5W7RZ",
              domain: "larkspur.example",
            },
          ],
        },
      ];
    case "user": {
      const { change, state, person } = event;
      const user = directoryUser(person, state, at);
      if (change === "created" || change === "deleted") return [`dsync.user.${change}`, user];
      const before = change === "updated" ? { job_title: "Associate" } : { state: "active" };
      return ["dsync.user.updated", { ...user, previous_attributes: before }];
    }
    case "member": {
      const user = directoryUser(event.person, "active", at);
      const group = directoryGroup(event.group, at);
      return [`dsync.group.user_${event.action}`, { directory_id: DIRECTORY, user, group }];
    }
    case "token":
      return [`dsync.token.${event.action}`, directoryToken(event.credential)];
  }
}

/** The WorkOS environment's file: what its customer Larkspur Labs' directory did. */
export function renderWorkos(plan: Plan): SampleFile {
  const happenings = plan.happenings.flatMap((happening) => (happening.kind === "dsync" ? [happening] : []));
  return {
    name: "workos-events.json",
    source: "workos",
    format: "workos",
    label: "WorkOS, Larkspur's own product",
    customer: "Larkspur Labs",
    records: happenings.length,
    *chunks() {
      const random = plan.random.fork("workos records");
      yield '{"object":"list","data":[';
      let comma = "";
      for (const { event, at } of happenings) {
        const [type, data] = bodyOf(event, iso(at));
        const record = {
          object: "event",
          id: random.workosId("event"),
          event: type,
          data,
          created_at: iso(at),
          context: {},
        };
        yield `${comma}\n${JSON.stringify(record)}`;
        comma = ",";
      }
      yield '\n],"list_metadata":{"before":null,"after":null}}\n';
    },
  };
}
