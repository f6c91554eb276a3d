/** Deactivating and deleting: whether a leaver loses access, and can be seen to have lost it. */
import { check, must, should, warned } from "../check.ts";
import { patchBody, userBody } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run } from "../run.ts";
import { answered, bodyOf, idOf, isNamed, isOk, resourcesOf } from "../shapes.ts";

/** Sets the test user's state: by PATCH, or by PUT where the service has no PATCH. */
async function setActive(run: Run, active: boolean, withPath = true): Promise<Exchange> {
  const id = run.tested();
  if ((await run.announces("patch")) === false)
    return run.change("PUT", "User", id, run.userBody({ active }));
  const operation = withPath
    ? { op: "replace", path: "active", value: active }
    : { op: "replace", value: { active } };
  return run.change("PATCH", "User", id, patchBody(operation));
}

/** What is wrong where the state was to be changed. */
function activeFault(changed: Exchange, read: Exchange, active: boolean): string | null {
  if (!isOk(changed)) return `${answered(changed)} to the change of "active".`;
  if (read.status !== 200) return `Afterwards the user is answered with HTTP ${read.status}.`;
  const { active: is } = bodyOf(read);
  if (is === active) return null;
  if (typeof is !== "boolean") return '"active" is no boolean when the user is read.';
  return active
    ? "It was answered as done, and the user is still inactive."
    : "It was answered as done, and the user is still active.";
}

export const DEACTIVATION = [
  check({
    id: "deactivation.no-path",
    title: "A user is deactivated without a path, as Okta sends it",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    capability: "leaver",
    mend: 'Without a path, set "active" to what the value has.',
    async ask(run) {
      if ((await run.announces("patch")) === false)
        throw new NotTried("not-applicable", "The service has no PATCH.");
      const changed = await setActive(run, false, false);
      return { changed, read: await run.read(run.tested()) };
    },
    judge: ({ changed, read }) => activeFault(changed, read, false),
  }),
  check({
    id: "deactivation.reactivate",
    title: "A user is activated again",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    mend: "Let a user become active again: whoever is hired anew is the same user.",
    async ask(run) {
      const changed = await setActive(run, true);
      return { changed, read: await run.read(run.tested()) };
    },
    judge: ({ changed, read }) => activeFault(changed, read, true),
  }),
  check({
    id: "deactivation.deactivate",
    title: "A user is deactivated",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    capability: "leaver",
    mend: 'Let active=false be kept and take effect; a user who reads "active": true has not left.',
    async ask(run) {
      const changed = await setActive(run, false);
      return { changed, read: await run.read(run.tested()) };
    },
    judge: ({ changed, read }) => activeFault(changed, read, false),
  }),
  check({
    id: "deactivation.readable",
    title: "Whoever is deactivated can be read",
    requirement: must("RFC 7644", "3.4.1"),
    severity: "medium",
    level: "write",
    mend: "Keep answering GET for a deactivated user: only DELETE ends a resource.",
    ask: (run) => run.read(run.tested()),
    judge: (read) => (read.status === 200 ? null : `${answered(read)} in place of 200.`),
  }),
  check({
    id: "deactivation.listed",
    title: "Whoever is deactivated is found, as inactive",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "write",
    mend: "Keep deactivated users in lists: a provider that does not find one makes a second.",
    async ask(run) {
      await run.requireFeature("filter", "denied");
      const { active } = bodyOf(await run.read(run.tested()));
      return { active, id: run.tested(), list: await run.listed(`userName eq "${run.identity.userName}"`) };
    },
    judge({ active, id, list }) {
      const found = resourcesOf(list).find((one) => one.id === id);
      if (found === undefined) return "The user is in no list any more.";
      return found.active === active ? null : "The list has another state than the user itself.";
    },
  }),
];

export const DELETION = [
  check({
    id: "deletion.delete",
    title: "A user is deleted, and is 404 from then on",
    requirement: must("RFC 7644", "3.6"),
    severity: "high",
    level: "write",
    capability: "leaver",
    mend: "Let DELETE end the user, and answer 404 from then on.",
    async ask(run) {
      const id = run.tested();
      const gone = await run.change("DELETE", "User", id);
      const read = await run.read(id);
      if (read.status === 404) {
        run.isGone("User", id);
        run.fill("User", null);
      }
      return { gone, read };
    },
    judge({ gone, read }) {
      // Leavers are deactivated there, which is tried for itself.
      if (gone.status === 501 || gone.status === 405)
        return warned(`${answered(gone)}: users can't be deleted.`);
      if (!isOk(gone)) return `${answered(gone)} to the DELETE.`;
      if (read.status !== 404)
        return `Afterwards the user is answered with HTTP ${read.status} in place of 404.`;
      // Clients get by with any success.
      return gone.status === 204 ? null : warned(`${answered(gone)} in place of 204.`);
    },
  }),
  check({
    id: "deletion.not-listed",
    title: "Whoever is deleted is in no list",
    requirement: must("RFC 7644", "3.6"),
    severity: "medium",
    level: "write",
    mend: "Leave deleted users out of lists.",
    async ask(run) {
      await run.requireFeature("filter", "denied");
      run.requireGone();
      const { userName } = run.identity;
      return { userName, list: await run.usersBy(`userName eq "${userName}"`, {}) };
    },
    judge({ userName, list }) {
      if (list.status !== 200) return `${answered(list)} in place of 200.`;
      return resourcesOf(list).some((one) => isNamed(one, userName)) ? "The user is still found." : null;
    },
  }),
  check({
    id: "deletion.name-free",
    title: "A deleted user's name can be given again",
    requirement: should("RFC 7644", "3.6"),
    severity: "low",
    level: "write",
    mend: "Let a deleted user's name be given to a new one.",
    async ask(run) {
      run.requireGone();
      return (await run.create("User", userBody(run.identity))).answer;
    },
    judge: (created) =>
      isOk(created) && idOf(bodyOf(created)) !== null
        ? null
        : `${answered(created)} to a user of the same name.`,
  }),
];
