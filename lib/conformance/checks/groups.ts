/** Groups and their members (RFC 7644 §3.5.2, RFC 7643 §4.2): who has which role. */
import { check, may, must, should } from "../check.ts";
import { groupBody, patchBody } from "../identity.ts";
import type { Exchange } from "../probe.ts";
import type { Run } from "../run.ts";
import { answered, bodyOf, idOf, isOk, type Json, valuesOf } from "../shapes.ts";

type Operation = Readonly<Record<string, unknown>>;

interface Changed {
  user: string;
  changed: Exchange;
  read: Exchange;
}

export const membersOf = (group: Json): string[] =>
  valuesOf(group, "members").flatMap(({ value }) => (typeof value === "string" ? [value] : []));

async function changeMembers(run: Run, ...operations: ((user: string) => Operation)[]): Promise<Changed> {
  await run.requireFeature("patch", "denied");
  const [user, id] = [run.tested("User"), run.tested("Group")];
  const changed = await run.change("PATCH", "Group", id, patchBody(...operations.map((one) => one(user))));
  return { user, changed, read: await run.read(id, "Group") };
}

/** What is wrong where members were to be changed. */
function membersFault({ user, changed, read }: Changed, isIn: boolean): string | null {
  if (!isOk(changed)) return `${answered(changed)} to the PATCH.`;
  if (read.status !== 200) return `Afterwards the group is answered with HTTP ${read.status}.`;
  const times = membersOf(bodyOf(read)).filter((one) => one === user).length;
  if (times > 1) return "The user is in the group twice.";
  if ((times === 1) === isIn) return null;
  return isIn
    ? "It was answered as done, and the user is not in the group."
    : "It was answered as done, and the user is still in the group.";
}

const add = (user: string): Operation => ({ op: "add", path: "members", value: [{ value: user }] });
const remove = (user: string): Operation => ({ op: "remove", path: `members[value eq "${user}"]` });

export const GROUPS = [
  check({
    id: "groups.create",
    title: "A group is made",
    requirement: must("RFC 7644", "3.3"),
    severity: "high",
    level: "write",
    mend: "Make a group of POST /Groups, and answer 201 with the group and its id.",
    async ask(run) {
      await run.requireGroups();
      run.tested("User");
      const { answer: created, made } = await run.create("Group", groupBody(run.identity));
      run.fill("Group", made);
      return { created, read: made === null ? null : await run.read(made.id, "Group") };
    },
    judge({ created, read }) {
      if (!isOk(created)) return `${answered(created)} to a group that was to be made.`;
      if (idOf(bodyOf(created)) === null || read === null) return 'The answer has no "id".';
      if (read.status !== 200) return `The group was made, and is answered with HTTP ${read.status}.`;
      if (bodyOf(read).displayName !== bodyOf(created).displayName)
        return "The group has another name when it is read.";
      return created.status === 201 ? null : `${answered(created)} in place of 201.`;
    },
  }),
  check({
    id: "groups.add",
    title: "A member is added",
    requirement: must("RFC 7644", "3.5.2.1"),
    severity: "high",
    level: "write",
    capability: "roles",
    mend: "Add the members that the value lists to those that are there.",
    ask: (run) => changeMembers(run, add),
    judge: (answers) => membersFault(answers, true),
  }),
  check({
    id: "groups.add-again",
    title: "A member who is there is added once",
    requirement: should("RFC 7644", "3.5.2.1"),
    severity: "medium",
    level: "write",
    mend: "Answer an add of a member who is there as done, and keep one.",
    ask: (run) => changeMembers(run, add),
    judge: (answers) => membersFault(answers, true),
  }),
  check({
    id: "groups.excluded-members",
    title: "A group is read without its members",
    requirement: must("RFC 7644", "3.4.2.5"),
    severity: "medium",
    level: "write",
    mend: 'Leave "members" out where "excludedAttributes" names it.',
    ask: (run) => run.read(run.tested("Group"), "Group", { excludedAttributes: "members" }),
    judge(read) {
      if (read.status !== 200) return `${answered(read)} in place of 200.`;
      return "members" in bodyOf(read) ? '"members" is there all the same.' : null;
    },
  }),
  check({
    id: "groups.remove",
    title: 'A member is removed by members[value eq "…"]',
    requirement: must("RFC 7644", "3.5.2.2"),
    severity: "high",
    level: "write",
    capability: "roles",
    mend: "Take the members away that the path's filter chooses.",
    ask: (run) => changeMembers(run, remove),
    judge: (answers) => membersFault(answers, false),
  }),
  check({
    id: "groups.remove-again",
    title: "Whoever is no member is removed without harm",
    requirement: should("RFC 7644", "3.5.2.2"),
    severity: "low",
    level: "write",
    mend: "Answer a remove of whoever is no member as done, or with 400 noTarget; fail with nothing else.",
    ask: (run) => changeMembers(run, remove),
    judge: ({ changed, ...rest }) =>
      changed.status === 400 ? null : membersFault({ changed, ...rest }, false),
  }),
  check({
    id: "groups.replace",
    title: "All members are replaced",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "medium",
    level: "write",
    mend: "Let replace of members leave those that the value lists, and no others.",
    ask: (run) =>
      changeMembers(run, (user) => ({ op: "replace", path: "members", value: [{ value: user }] })),
    judge: (answers) => membersFault(answers, true),
  }),
  check({
    id: "groups.remove-listed",
    title: "A member is removed by a list beside the path, as Entra sends it",
    requirement: may("RFC 7644", "3.5.2.2", "Microsoft Entra"),
    severity: "high",
    level: "write",
    mend: 'Where remove has the path "members" and a value, take those members away, and not all.',
    ask: (run) => changeMembers(run, (user) => ({ op: "Remove", path: "members", value: [{ value: user }] })),
    judge: (answers) => membersFault(answers, false),
  }),
  check({
    id: "groups.add-no-path",
    title: "A member is added without a path",
    requirement: must("RFC 7644", "3.5.2.1"),
    severity: "medium",
    level: "write",
    mend: 'Without a path, add the members that the value has under "members".',
    ask: (run) => changeMembers(run, (user) => ({ op: "add", value: { members: [{ value: user }] } })),
    judge: (answers) => membersFault(answers, true),
  }),
  check({
    id: "groups.remove-all",
    title: "All members are removed",
    requirement: must("RFC 7644", "3.5.2.2"),
    severity: "medium",
    level: "write",
    mend: 'Where remove has the path "members" alone, take all members away.',
    ask: (run) => changeMembers(run, () => ({ op: "remove", path: "members" })),
    judge: (answers) => membersFault(answers, false),
  }),
  check({
    id: "groups.rename",
    title: "A group is renamed, and keeps its members",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "medium",
    level: "write",
    mend: "Let a change of displayName change the name alone.",
    async ask(run) {
      await changeMembers(run, add);
      const { groupName: name } = run.identity.other("renamed");
      return {
        name,
        ...(await changeMembers(run, () => ({ op: "replace", path: "displayName", value: name }))),
      };
    },
    judge({ name, ...answers }) {
      const fault = membersFault(answers, true);
      if (fault !== null) return fault;
      return bodyOf(answers.read).displayName === name
        ? null
        : "It was answered as done, and has the old name.";
    },
  }),
  check({
    id: "groups.user-groups",
    title: "A user says which groups it is in",
    requirement: may("RFC 7643", "4.1.2"),
    severity: "low",
    level: "write",
    mend: 'Return "groups" with each user: by it access is reviewed without reading all groups.',
    async ask(run) {
      const group = run.tested("Group");
      const isIn = membersOf(bodyOf(await run.read(group, "Group"))).includes(run.tested("User"));
      return { group, isIn, read: await run.read(run.tested("User")) };
    },
    judge({ group, isIn, read }) {
      const told = valuesOf(bodyOf(read), "groups").some(({ value }) => value === group);
      if (told === isIn) return null;
      return isIn
        ? "The user is a member, and does not say so."
        : "The user says that it is a member, and is none.";
    },
  }),
  check({
    id: "groups.delete",
    title: "A group is deleted, and its members stay",
    requirement: must("RFC 7644", "3.6"),
    severity: "medium",
    level: "write",
    mend: "Let DELETE take the group away, and nobody who was in it; answer 204, and 404 from then on.",
    async ask(run) {
      const id = run.tested("Group");
      const gone = await run.change("DELETE", "Group", id);
      const [read, user] = [await run.read(id, "Group"), await run.read(run.tested("User"))];
      if (read.status === 404) {
        run.isGone("Group", id);
        run.fill("Group", null);
      }
      return { gone, read, user };
    },
    judge({ gone, read, user }) {
      if (!isOk(gone)) return `${answered(gone)} to the DELETE.`;
      if (read.status !== 404)
        return `Afterwards the group is answered with HTTP ${read.status} in place of 404.`;
      if (user.status !== 200) return "The member is gone with the group.";
      return gone.status === 204 ? null : `${answered(gone)} in place of 204.`;
    },
  }),
];
