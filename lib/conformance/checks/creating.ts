/** Making a user (RFC 7644 §3.3): the joiner. The first of these makes the test user that the others change. */
import { check, may, must, warned } from "../check.ts";
import { ENTERPRISE, USER_SCHEMA, type userBody } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run } from "../run.ts";
import {
  answered,
  bodyOf,
  hasSchema,
  idOf,
  isNamed,
  isOk,
  type Json,
  resourcesOf,
  valuesOf,
} from "../shapes.ts";
import { DEPARTMENT } from "./extensions.ts";
import { declined } from "./filters.ts";
import { locationFault } from "./reading.ts";

/** What of a user was sent, and is not there; the attributes' names. */
function lost(user: Json, sent: ReturnType<typeof userBody>): string[] {
  const name = valuesOf(user, "name")[0] ?? {};
  const emails = valuesOf(user, "emails").map(({ value }) => String(value).toLowerCase());
  return [
    ...(isNamed(user, sent.userName) ? [] : ["userName"]),
    ...(user.active === sent.active ? [] : ["active"]),
    ...(user.externalId === sent.externalId ? [] : ["externalId"]),
    ...(name.givenName === sent.name.givenName && name.familyName === sent.name.familyName ? [] : ["name"]),
    ...(emails.includes(sent.userName.toLowerCase()) ? [] : ["emails"]),
    ...(user.displayName === sent.displayName ? [] : ["displayName"]),
  ];
}

/** What is wrong with a user that was made and read again. */
function createFault(
  created: Exchange,
  read: Exchange | null,
  sent: ReturnType<typeof userBody>,
): string | null | ReturnType<typeof warned> {
  if (!isOk(created)) return `${answered(created)} to a user who was to be made.`;
  if (idOf(bodyOf(created)) === null) return 'The answer has no "id": the user can\'t be changed later.';
  if (read === null || read.status !== 200)
    return `The user was made, and is not there when it is read (HTTP ${read?.status ?? "none"}).`;
  const { userName } = bodyOf(read);
  if (typeof userName !== "string" || userName === "") return 'The user has no "userName" when it is read.';
  // A service may change and pass over what it is sent (RFC 7644 §3.3).
  const missing = lost(bodyOf(read), sent);
  return missing.length === 0 ? null : warned(`Sent, and not kept: ${missing.join(", ")}.`);
}

/** What was answered when the test user was made, for the checks that look at its form. */
function creationOf(run: Run): Exchange {
  const { creation } = run;
  if (creation !== null && isOk(creation)) return run.recall(creation);
  throw new NotTried("not-tried", "No test user was made.");
}

export const CREATING = [
  check({
    id: "creating.user",
    title: "A user is made, and is there with what was sent",
    requirement: must("RFC 7644", "3.3"),
    severity: "high",
    level: "write",
    capability: "joiner",
    mend: 'Make a user of POST /Users, keep what is sent, and return it with its "id".',
    async ask(run) {
      const extension = { [ENTERPRISE]: { department: DEPARTMENT } };
      const sent = run.userBody((await run.hasEnterprise()) ? extension : {});
      const { answer: created, made } = await run.create("User", sent);
      run.creation = created;
      run.fill("User", made);
      return { sent, created, read: made === null ? null : await run.read(made.id) };
    },
    judge: ({ sent, created, read }) => createFault(created, read, sent),
  }),
  check({
    id: "creating.status",
    title: "What was made is answered with 201 and the whole resource",
    requirement: must("RFC 7644", "3.3"),
    severity: "medium",
    level: "write",
    mend: "Answer a POST that made a resource with 201 and the resource as it is.",
    ask: async (run) => creationOf(run),
    judge(created) {
      if (created.status !== 201) return `${answered(created)} in place of 201.`;
      const user = bodyOf(created);
      // That the resource is in the answer is a SHOULD.
      if (!hasSchema(user, USER_SCHEMA))
        return warned(`"schemas" of the answer does not name ${USER_SCHEMA}.`);
      return typeof user.userName === "string" ? null : warned('The answer has no "userName".');
    },
  }),
  check({
    id: "creating.location",
    title: "The answer says where the user is",
    requirement: must("RFC 7644", "3.3"),
    severity: "low",
    level: "write",
    mend: 'Send the address of what was made in the header Location and in "meta.location".',
    ask: async (run) => creationOf(run),
    judge(created) {
      const { location } = Object(bodyOf(created).meta) as { location?: unknown };
      const header = created.headers.get("location");
      if (header === null) return "The answer has no header Location.";
      return (
        locationFault(bodyOf(created), "Users") ??
        (header === location ? null : 'Location and "meta.location" differ.')
      );
    },
  }),
  check({
    id: "creating.listed",
    title: "Whoever was made is found by userName",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "high",
    level: "write",
    mend: "Let a user be found by a filter as soon as it is made: providers ask so before they make one.",
    async ask(run) {
      await run.requireFeature("filter", "denied");
      const id = run.tested();
      return { id, list: await run.listed(`userName eq "${run.identity.userName}"`) };
    },
    judge: ({ id, list }) =>
      resourcesOf(list).some((one) => one.id === id)
        ? null
        : (declined(list) ?? "The user is not found by its user name."),
  }),
  check({
    id: "creating.external-id",
    title: "Whoever was made is found by externalId",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "write",
    mend: 'Keep "externalId", and support filter=externalId eq "…".',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      const id = run.tested();
      if (bodyOf(await run.read(id)).externalId !== run.identity.externalId)
        throw new NotTried("not-applicable", 'The service keeps no "externalId".');
      return { id, list: await run.listed(`externalId eq "${run.identity.externalId}"`) };
    },
    judge({ id, list }) {
      const found = resourcesOf(list);
      if (!found.some((one) => one.id === id))
        return declined(list) ?? "The user is not found by its externalId.";
      return found.length === 1 ? null : "Others were found who do not fit.";
    },
  }),
  check({
    id: "creating.email-filter",
    title: "A filter reaches into the values of an attribute",
    requirement: may("RFC 7644", "3.4.2.2"),
    severity: "low",
    level: "write",
    mend: 'Support filter=emails[type eq "work" and value eq "…"].',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      const id = run.tested();
      return { id, list: await run.listed(`emails[type eq "work" and value eq "${run.identity.userName}"]`) };
    },
    judge: ({ id, list }) =>
      resourcesOf(list).some((one) => one.id === id) ? null : "The user is not found by its e-mail.",
  }),
];
