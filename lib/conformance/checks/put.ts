/** PUT (RFC 7644 §3.5.1). */
import { check, must, warned } from "../check.ts";
import { userBody } from "../identity.ts";
import { NotTried } from "../probe.ts";
import { answered, bodyOf, idOf, isNamed, isOk } from "../shapes.ts";
import { NO_ID } from "./errors.ts";

export const PUT = [
  check({
    id: "put.replace",
    title: "A user is replaced, and is there as it was sent",
    requirement: must("RFC 7644", "3.5.1"),
    severity: "high",
    level: "write",
    mend: "Replace the resource by what PUT sends, and answer 200 with the resource as it is then.",
    async ask(run) {
      const id = run.tested();
      const sent = run.userBody({ displayName: "Rollcall Check Put" });
      return { changed: await run.change("PUT", "User", id, { id, ...sent }), read: await run.read(id) };
    },
    judge({ changed, read }) {
      if (!isOk(changed)) return `${answered(changed)} to the PUT.`;
      if (bodyOf(read).displayName !== "Rollcall Check Put")
        return "It was answered as done, and is not so when the user is read again.";
      return changed.status === 200 ? null : `${answered(changed)} in place of 200.`;
    },
  }),
  check({
    id: "put.read-only",
    title: "A read-only attribute in a PUT is passed over",
    requirement: must("RFC 7644", "3.5.1"),
    severity: "medium",
    level: "write",
    mend: 'Pass over "meta", "groups" and other read-only attributes that a PUT has: providers send back what they have read.',
    async ask(run) {
      const id = run.tested();
      const before = bodyOf(await run.read(id));
      const sent = { ...run.userBody(), id, meta: { resourceType: "Rollcall" }, groups: [] };
      return { id, before, changed: await run.change("PUT", "User", id, sent), read: await run.read(id) };
    },
    judge({ id, before, changed, read }) {
      if (!isOk(changed)) return `${answered(changed)} to the PUT.`;
      const { id: after, meta } = bodyOf(read);
      if (after !== id || !isNamed(bodyOf(read), String(before.userName)))
        return "The user is another one now.";
      const { resourceType } = Object(meta) as { resourceType?: unknown };
      return resourceType === "Rollcall" ? '"meta" was changed.' : null;
    },
  }),
  check({
    id: "put.no-create",
    title: "PUT makes nobody",
    requirement: must("RFC 7644", "3.5.1"),
    severity: "medium",
    level: "write",
    mend: "Answer a PUT to an id that is not there with 404, and make nothing.",
    async ask(run) {
      run.tested();
      const path = `/Users/${NO_ID}`;
      const before = await run.look(path);
      if (before.status !== 404)
        throw new NotTried("not-tried", "Whoever is not there is not answered with 404.");
      const answer = await run.ask({ method: "PUT", path, body: userBody(run.identity.other("put")) });
      const id = isOk(answer) ? idOf(bodyOf(answer)) : null;
      if (id !== null) await run.adopt("User", id, bodyOf(answer));
      return answer;
    },
    judge(answer) {
      if (answer.status === 404) return null;
      const said = `${answered(answer)} in place of 404.`;
      // That nothing is made is a MUST; that it is answered with 404 is a SHOULD (RFC 7644 §3.12).
      return isOk(answer) ? said : warned(said);
    },
  }),
];
