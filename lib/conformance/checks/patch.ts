/** PATCH (RFC 7644 §3.5.2) in the forms that identity providers send; each change is read again. */
import { check, may, must, warned } from "../check.ts";
import { patchBody } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run } from "../run.ts";
import { answered, bodyOf, idOf, isOk, type Json, refusalFault, valuesOf } from "../shapes.ts";

type Operation = Readonly<Record<string, unknown>>;

interface Changed {
  changed: Exchange;
  read: Exchange;
}

/** Sends operations for the test user, and reads it again. */
async function changeTested(run: Run, ...operations: Operation[]): Promise<Changed> {
  await run.requireFeature("patch", "denied");
  const id = run.tested();
  const changed = await run.change("PATCH", "User", id, patchBody(...operations));
  return { changed, read: await run.read(id) };
}

/** What is wrong where a change was to be made. @param holds of the user as it is read afterwards. */
function changeFault({ changed, read }: Changed, holds: (user: Json) => boolean): string | null {
  if (!isOk(changed)) return `${answered(changed)} to the PATCH.`;
  if (read.status !== 200) return `Afterwards the user is answered with HTTP ${read.status}.`;
  return holds(bodyOf(read)) ? null : "It was answered as done, and is not so when the user is read again.";
}

const emailsOf = (user: Json): unknown[] => valuesOf(user, "emails").map(({ value }) => value);
const givenName = (user: Json): unknown => valuesOf(user, "name")[0]?.givenName;
const familyName = (user: Json): unknown => valuesOf(user, "name")[0]?.familyName;

export const PATCH = [
  check({
    id: "patch.replace",
    title: "replace with a path",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    capability: "mover",
    mend: "Replace the attribute that the path names, and keep it.",
    ask: (run) => changeTested(run, { op: "replace", path: "displayName", value: "Rollcall Check Moved" }),
    judge: (answers) => changeFault(answers, ({ displayName }) => displayName === "Rollcall Check Moved"),
  }),
  check({
    id: "patch.answer",
    title: "A PATCH is answered with the resource, or with nothing",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "low",
    level: "write",
    mend: "Answer a PATCH with 200 and the resource as it is then, or with 204 and no body.",
    ask: (run) => changeTested(run, { op: "replace", path: "displayName", value: "Rollcall Check Answered" }),
    judge({ changed }) {
      if (!isOk(changed)) return `${answered(changed)} to the PATCH.`;
      if (changed.status === 204) return changed.text === "" ? null : "HTTP 204 came with a body.";
      if (changed.status !== 200) return `${answered(changed)} in place of 200 or 204.`;
      const user = bodyOf(changed);
      if (idOf(user) === null) return "HTTP 200 came without the resource.";
      return user.displayName === "Rollcall Check Answered"
        ? null
        : "The answer has the resource as it was before.";
    },
  }),
  check({
    id: "patch.add",
    title: "add with a path",
    requirement: must("RFC 7644", "3.5.2.1"),
    severity: "medium",
    level: "write",
    mend: "Take add of a single value as setting it.",
    ask: (run) => changeTested(run, { op: "add", path: "displayName", value: "Rollcall Check Added" }),
    judge: (answers) => changeFault(answers, ({ displayName }) => displayName === "Rollcall Check Added"),
  }),
  check({
    id: "patch.remove",
    title: "remove with a path",
    requirement: must("RFC 7644", "3.5.2.2"),
    severity: "medium",
    level: "write",
    mend: "Take the attribute that the path names away.",
    async ask(run) {
      const { read } = await changeTested(run, { op: "add", path: "title", value: "Rollcall Check Title" });
      if (bodyOf(read).title === undefined)
        throw new NotTried("not-applicable", "The service keeps no titles.");
      return changeTested(run, { op: "remove", path: "title" });
    },
    judge: (answers) =>
      changeFault(answers, ({ title }) => title === undefined || title === null || title === ""),
  }),
  check({
    id: "patch.no-path",
    title: "replace without a path, as Okta sends it",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    mend: "Without a path, replace each attribute that the value has.",
    ask: (run) =>
      changeTested(run, {
        op: "replace",
        value: { displayName: "Rollcall Check Whole", name: { familyName: "Check-Whole" } },
      }),
    judge: (answers) =>
      changeFault(
        answers,
        (user) => user.displayName === "Rollcall Check Whole" && familyName(user) === "Check-Whole",
      ),
  }),
  check({
    id: "patch.sub-attribute",
    title: "A part of an attribute: name.givenName",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "medium",
    level: "write",
    mend: "Understand paths with a part, and leave the other parts as they are.",
    async ask(run) {
      await changeTested(run, { op: "replace", path: "name.familyName", value: "Check-Kept" });
      return changeTested(run, { op: "replace", path: "name.givenName", value: "Rollcall-Part" });
    },
    judge: (answers) =>
      changeFault(
        answers,
        (user) => givenName(user) === "Rollcall-Part" && familyName(user) === "Check-Kept",
      ),
  }),
  check({
    id: "patch.several",
    title: "Several operations in one PATCH",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "medium",
    level: "write",
    mend: "Carry all operations out, in order.",
    ask: (run) =>
      changeTested(
        run,
        { op: "replace", path: "displayName", value: "Rollcall Check First" },
        { op: "replace", path: "name.givenName", value: "Rollcall-Several" },
        { op: "replace", path: "displayName", value: "Rollcall Check Second" },
      ),
    judge: (answers) =>
      changeFault(
        answers,
        (user) => user.displayName === "Rollcall Check Second" && givenName(user) === "Rollcall-Several",
      ),
  }),
  check({
    id: "patch.chosen-value",
    title: 'One of several values: emails[type eq "work"].value',
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    mend: "Understand paths that choose values by a filter.",
    async ask(run) {
      const { userName } = run.identity.other("work");
      const path = 'emails[type eq "work"].value';
      return { userName, ...(await changeTested(run, { op: "replace", path, value: userName })) };
    },
    judge: ({ userName, ...answers }) => changeFault(answers, (user) => emailsOf(user).includes(userName)),
  }),
  check({
    id: "patch.add-value",
    title: "add of one more value leaves the others",
    requirement: must("RFC 7644", "3.5.2.1"),
    severity: "medium",
    level: "write",
    mend: "Add a value to those that are there.",
    async ask(run) {
      const before = emailsOf(bodyOf(await run.read(run.tested())));
      const value = run.identity.other("home").userName;
      const operation = { op: "add", path: "emails", value: [{ value, type: "home" }] };
      return { value, before, ...(await changeTested(run, operation)) };
    },
    judge: ({ value, before, ...answers }) =>
      changeFault(answers, (user) => [value, ...before].every((one) => emailsOf(user).includes(one))),
  }),
  check({
    id: "patch.remove-value",
    title: "remove of one value leaves the others",
    requirement: must("RFC 7644", "3.5.2.2"),
    severity: "medium",
    level: "write",
    mend: "Take only those values away that the filter chooses.",
    async ask(run) {
      const before = emailsOf(bodyOf(await run.read(run.tested())));
      const value = run.identity.other("home").userName;
      if (!before.includes(value))
        throw new NotTried("not-tried", "There is no second e-mail to be taken away.");
      return {
        value,
        before,
        ...(await changeTested(run, { op: "remove", path: 'emails[type eq "home"]' })),
      };
    },
    judge: ({ value, before, ...answers }) =>
      changeFault(
        answers,
        (user) =>
          !emailsOf(user).includes(value) &&
          before.every((one) => one === value || emailsOf(user).includes(one)),
      ),
  }),
  check({
    id: "patch.op-case",
    title: "op in any case, as Entra sends it",
    requirement: may("RFC 7644", "3.5.2", "Microsoft Entra"),
    severity: "high",
    level: "write",
    mend: 'Understand "Add", "Replace" and "Remove" too.',
    ask: (run) => changeTested(run, { op: "Replace", path: "displayName", value: "Rollcall Check Case" }),
    judge: (answers) => changeFault(answers, ({ displayName }) => displayName === "Rollcall Check Case"),
  }),
  check({
    id: "patch.string-boolean",
    title: '"False" as a text, as Entra sends it',
    requirement: may("RFC 7644", "3.5.2", "Microsoft Entra"),
    severity: "high",
    level: "write",
    mend: 'Understand "True" and "False" as values of booleans: otherwise leavers of Entra keep their access.',
    async ask(run) {
      const answers = await changeTested(run, { op: "replace", path: "active", value: "False" });
      const back = await run.change(
        "PATCH",
        "User",
        run.tested(),
        patchBody({ op: "replace", path: "active", value: true }),
      );
      return { ...answers, back };
    },
    judge({ back: _, ...answers }) {
      const { active } = bodyOf(answers.read);
      if (isOk(answers.changed) && typeof active === "string")
        return '"active" is a text now, in place of a boolean.';
      return changeFault(answers, () => active === false);
    },
  }),
  check({
    id: "patch.atomic",
    title: "All operations, or none",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "medium",
    level: "write",
    mend: "Where one operation fails, change nothing.",
    async ask(run) {
      await changeTested(run, { op: "replace", path: "displayName", value: "Rollcall Check Before" });
      return changeTested(
        run,
        { op: "replace", path: "displayName", value: "Rollcall Check Half" },
        { op: "replace", path: 'emails[value sw "nobody-"].display', value: "Rollcall Check" },
      );
    },
    judge({ changed, read }) {
      if (isOk(changed)) return `${answered(changed)}, though one operation has no target.`;
      return bodyOf(read).displayName === "Rollcall Check Half"
        ? "The PATCH was refused, and half of it is carried out."
        : null;
    },
  }),
  check({
    id: "patch.no-target",
    title: "A filter that chooses nothing is refused",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "low",
    level: "write",
    mend: 'Refuse a path whose filter chooses no value with 400 and "scimType": "noTarget".',
    ask: (run) =>
      changeTested(run, { op: "replace", path: 'emails[value sw "nobody-"].display', value: "x" }),
    judge: ({ changed }) => refusedFault(changed, "noTarget"),
  }),
  check({
    id: "patch.remove-nothing",
    title: "remove without a path is refused",
    requirement: must("RFC 7644", "3.5.2.2"),
    severity: "medium",
    level: "write",
    mend: 'Refuse remove without a path with 400 and "scimType": "noTarget".',
    ask: (run) => changeTested(run, { op: "remove" }),
    judge: ({ changed }) => refusedFault(changed, "noTarget"),
  }),
  check({
    id: "patch.invalid-path",
    title: "A path that can't be read is refused",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "low",
    level: "write",
    mend: 'Refuse a path that can\'t be read with 400 and "scimType": "invalidPath".',
    ask: (run) => changeTested(run, { op: "replace", path: "emails[type eq", value: "x" }),
    judge({ changed }) {
      const fault = refusedFault(changed, "invalidPath");
      // That it is refused is a MUST; with which status is a SHOULD (RFC 7644 §3.12).
      return typeof fault === "string" && !isOk(changed) && changed.status < 500 ? warned(fault) : fault;
    },
  }),
];

/** A refusal of the right status without its keyword is a warning: the keyword is optional (RFC 7644 §3.12). */
function refusedFault(changed: Exchange, scimType: string): string | null | ReturnType<typeof warned> {
  if (isOk(changed)) return `${answered(changed)}: it was accepted.`;
  const fault = refusalFault(changed, [400], scimType);
  return fault !== null && changed.status === 400 ? warned(fault) : fault;
}
