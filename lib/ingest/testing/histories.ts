/** Generated histories of few people, names and applications, as Okta and WorkOS tell them. */
import fc from "fast-check";

export const START = Date.parse("2026-01-01T00:00:00Z");
export const HOUR = 3_600_000;

/** What happened, when, in the words of its source. */
export interface Happening {
  at: number;
  line: string;
}

/** Few people, names and applications, so that names pass on and accounts meet. */
const person = fc.constantFrom("ann", "bea", "cem", "dov");
const name = fc.constantFrom("first@larkspur.example", "second@larkspur.example", "third@larkspur.example");
const application = fc.constantFrom("Wiki", "Chat");
const hour = fc.integer({ min: 0, max: 24 * 200 });

const OKTA_TYPES = [
  "user.lifecycle.create",
  "user.lifecycle.deactivate",
  "user.lifecycle.suspend",
  "user.lifecycle.unsuspend",
  "user.lifecycle.reactivate",
  "application.user_membership.add",
  "application.user_membership.remove",
  "application.user_membership.deprovision",
  "application.provision.user.push",
  "application.provision.user.push_profile",
  "application.provision.user.deactivate",
  "application.provision.user.import",
  "application.provision.group_membership.add",
  "application.provision.group_membership.remove",
  "application.integration.authentication_failure",
  "user.authentication.sso",
  "user.session.start",
  "group.user_membership.remove",
];

const okta = fc
  .record({
    hour,
    type: fc.constantFrom(...OKTA_TYPES),
    person,
    name,
    application,
    withUser: fc.boolean(),
    withAccount: fc.boolean(),
    failed: fc.boolean(),
    serial: fc.nat(5),
  })
  .map(
    ({
      hour: h,
      type,
      person: id,
      name: alternateId,
      application: label,
      withUser,
      withAccount,
      failed,
      serial,
    }) => {
      const user = { id: `00u-${id}`, type: "User", alternateId, displayName: id };
      const atApplication = type.startsWith("application.") || type === "user.authentication.sso";
      const target = [
        ...(withUser || !atApplication ? [user] : []),
        ...(atApplication && withAccount
          ? [{ id: `0ua-${id}-${label}`, type: "AppUser", alternateId, displayName: id }]
          : []),
        ...(atApplication
          ? [{ id: `0oa-${label}`, type: "AppInstance", alternateId: label, displayName: label }]
          : []),
        ...(type.includes("membership.") && type.includes("group")
          ? [{ id: "00g-1", type: "UserGroup", alternateId: "Engineers", displayName: "Engineers" }]
          : []),
      ];
      const at = START + h * HOUR;
      const record = {
        uuid: `${type}-${h}-${id}-${serial}`,
        published: new Date(at).toISOString(),
        eventType: type,
        actor: withUser
          ? user
          : { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
        outcome: failed ? { result: "FAILURE", reason: "HTTP 500" } : { result: "SUCCESS", reason: null },
        target,
      };
      return { at, line: JSON.stringify(record) };
    },
  );

const workos = fc
  .record({
    hour,
    type: fc.constantFrom("created", "updated", "deleted"),
    person,
    name,
    active: fc.boolean(),
    linked: fc.boolean(),
  })
  .map(({ hour: h, type, person: id, name: email, active, linked }) => {
    const at = START + h * HOUR;
    const record = {
      object: "event",
      id: `event-${type}-${h}-${id}`,
      event: `dsync.user.${type}`,
      created_at: new Date(at).toISOString(),
      data: {
        id: `directory_user_${id}`,
        idp_id: linked ? `00u-${id}` : "",
        emails: [{ primary: true, value: email }],
        username: email,
        state: active ? "active" : "inactive",
      },
    };
    return { at, line: JSON.stringify(record) };
  });

export const history: fc.Arbitrary<Happening[]> = fc.array(fc.oneof({ weight: 5, arbitrary: okta }, workos), {
  minLength: 5,
  maxLength: 60,
});
