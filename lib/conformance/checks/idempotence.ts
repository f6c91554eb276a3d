/** The same request twice: providers repeat what they do not know the end of. With a user of its own. */
import { check, must, warned } from "../check.ts";
import { patchBody, userBody } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run } from "../run.ts";
import { answered, bodyOf, isOk, refusalFault } from "../shapes.ts";

async function twice(
  run: Run,
  path: string,
  value: unknown,
): Promise<{ first: Exchange; second: Exchange; read: Exchange }> {
  const id = run.tested("Twin");
  await run.requireFeature("patch", "denied");
  const body = patchBody({ op: "replace", path, value });
  const first = await run.change("PATCH", "User", id, body);
  const second = await run.change("PATCH", "User", id, body);
  return { first, second, read: await run.read(id) };
}

function twiceFault(
  { first, second, read }: Awaited<ReturnType<typeof twice>>,
  name: string,
  value: unknown,
): string | null {
  if (!isOk(first)) return `${answered(first)} to the first PATCH.`;
  if (!isOk(second)) return `${answered(second)} to the second PATCH, which asks for what is so already.`;
  return bodyOf(read)[name] === value ? null : `"${name}" is not what was asked for twice.`;
}

export const IDEMPOTENCE = [
  check({
    id: "idempotence.create",
    title: "A user who is there is not made a second time",
    requirement: must("RFC 7644", "3.3"),
    severity: "high",
    level: "write",
    mend: 'Refuse a POST of a user name that is taken with 409 and "scimType": "uniqueness".',
    async ask(run) {
      if (run.creation === null || !isOk(run.creation))
        throw new NotTried("not-tried", "No test user was made.");
      const body = userBody(run.identity.other("twice"));
      const { answer: first, made } = await run.create("User", body);
      run.fill("Twin", made);
      return { first, second: (await run.create("User", body)).answer };
    },
    judge({ first, second }) {
      if (!isOk(first)) return `${answered(first)} to the first POST.`;
      if (isOk(second)) return `${answered(second)} to the second POST: the same user was taken twice.`;
      const fault = refusalFault(second, [409], "uniqueness");
      return fault !== null && second.status === 409 ? warned(fault) : fault;
    },
  }),
  check({
    id: "idempotence.patch",
    title: "The same PATCH twice does no harm",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "medium",
    level: "write",
    mend: "Answer a PATCH that changes nothing as done.",
    ask: (run) => twice(run, "displayName", "Rollcall Check Twice"),
    judge: (answers) => twiceFault(answers, "displayName", "Rollcall Check Twice"),
  }),
  check({
    id: "idempotence.deactivate",
    title: "Deactivating twice does no harm",
    requirement: must("RFC 7644", "3.5.2.3"),
    severity: "high",
    level: "write",
    mend: "Answer the deactivation of an inactive user as done.",
    ask: (run) => twice(run, "active", false),
    judge: (answers) => twiceFault(answers, "active", false),
  }),
  check({
    id: "idempotence.delete",
    title: "A second DELETE is 404",
    requirement: must("RFC 7644", "3.6"),
    severity: "low",
    level: "write",
    mend: "Answer a DELETE of whoever is gone with 404.",
    async ask(run) {
      const id = run.tested("Twin");
      const first = await run.change("DELETE", "User", id);
      const second = await run.change("DELETE", "User", id);
      const read = await run.read(id);
      if (read.status === 404) run.isGone("User", id);
      return { first, second };
    },
    judge({ first, second }) {
      if (!isOk(first)) return `${answered(first)} to the first DELETE.`;
      return second.status === 404 ? null : `${answered(second)} in place of 404.`;
    },
  }),
];
