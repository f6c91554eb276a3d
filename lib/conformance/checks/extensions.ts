/** The enterprise extension (RFC 7643 §4.3): department and the like, by which movers are told. */
import { check, may, must } from "../check.ts";
import { ENTERPRISE, patchBody } from "../identity.ts";
import { answered, bodyOf, hasSchema, isJson, isOk, type Json } from "../shapes.ts";

/** The test user is made with it where the service knows departments. */
export const DEPARTMENT = "Rollcall Check Department";
const OTHER = "Rollcall Check Other Department";

const departmentOf = (user: Json): unknown =>
  isJson(user[ENTERPRISE]) ? user[ENTERPRISE].department : undefined;

export const EXTENSIONS = [
  check({
    id: "extensions.department",
    title: "A department is kept",
    requirement: may("RFC 7643", "4.3"),
    severity: "medium",
    level: "write",
    mend: `Keep the attributes of ${ENTERPRISE}, or take it off /ResourceTypes.`,
    async ask(run) {
      await run.requireEnterprise();
      return run.read(run.tested());
    },
    judge: (read) =>
      departmentOf(bodyOf(read)) === DEPARTMENT ? null : "The department was sent, and is not there.",
  }),
  check({
    id: "extensions.schemas",
    title: "A user with a department names the extension",
    requirement: must("RFC 7643", "3"),
    severity: "low",
    level: "write",
    mend: 'Name in "schemas" each extension whose attributes the resource has.',
    async ask(run) {
      await run.requireEnterprise();
      return run.read(run.tested());
    },
    judge(read) {
      const user = bodyOf(read);
      return departmentOf(user) === undefined || hasSchema(user, ENTERPRISE)
        ? null
        : `"schemas" does not name ${ENTERPRISE}.`;
    },
  }),
  check({
    id: "extensions.patch",
    title: "A department is changed by its whole path",
    requirement: must("RFC 7644", "3.10"),
    severity: "medium",
    level: "write",
    mend: `Understand paths such as ${ENTERPRISE}:department.`,
    async ask(run) {
      await run.requireEnterprise();
      await run.requireFeature("patch", "denied");
      const id = run.tested();
      const body = patchBody({ op: "replace", path: `${ENTERPRISE}:department`, value: OTHER });
      return { changed: await run.change("PATCH", "User", id, body), read: await run.read(id) };
    },
    judge({ changed, read }) {
      if (!isOk(changed)) return `${answered(changed)} to a PATCH of the department.`;
      return departmentOf(bodyOf(read)) === OTHER ? null : "The department was changed, and is as before.";
    },
  }),
];
