/** How the service says no (RFC 7644 §3.12): by what it says a person at the identity provider finds out what is wrong. */
import { check, may, must, notApplicable, passedWith, should, warned } from "../check.ts";
import { patchBody, USER_SCHEMA, userBody } from "../identity.ts";
import { answered, bodyOf, errorFault, isOk, refusalFault } from "../shapes.ts";

/** An id that nobody has. */
export const NO_ID = "00000000-0000-4000-8000-000000000000";

const missing = { method: "GET", path: `/Users/${NO_ID}` } as const;

export const ERRORS = [
  check({
    id: "errors.unauthorized",
    title: "A token that is none is refused",
    requirement: must("RFC 7644", "2"),
    severity: "high",
    level: "read",
    mend: "Answer a request without a valid token with 401, and with nothing else.",
    ask: (run) => run.ask({ method: "GET", path: "/Users", query: { count: "1" }, wrongToken: true }),
    judge(answer) {
      if (answer.status === 401) return null;
      const said = `${answered(answer)} in place of 401.`;
      // That it is refused is a MUST; that it is refused with 401 is a SHOULD (RFC 7644 §3.12).
      return isOk(answer) ? said : warned(said);
    },
  }),
  check({
    id: "errors.www-authenticate",
    title: "401 says how to sign in",
    requirement: must("RFC 9110", "11.6.1"),
    severity: "low",
    level: "read",
    mend: "Send WWW-Authenticate: Bearer with every 401.",
    ask: (run) => run.ask({ method: "GET", path: "/Users", query: { count: "0" }, wrongToken: true }),
    judge({ status, headers }) {
      if (headers.has("www-authenticate")) return null;
      return status === 401
        ? "The answer has no header WWW-Authenticate."
        : notApplicable(`It answered HTTP ${status} in place of 401.`);
    },
  }),
  check({
    id: "errors.not-found",
    title: "Whoever is not there is 404",
    requirement: should("RFC 7644", "3.12"),
    severity: "high",
    level: "read",
    mend: "Answer a request for an id that is not there with 404.",
    ask: (run) => run.look(missing.path),
    judge: (answer) => (answer.status === 404 ? null : `${answered(answer)} in place of 404.`),
  }),
  check({
    id: "errors.body",
    title: "A refusal has the standard's body",
    requirement: must("RFC 7644", "3.12"),
    severity: "medium",
    level: "read",
    mend: 'Answer every refusal with {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": …}; the status is a string.',
    ask: (run) => run.look(missing.path),
    judge: errorFault,
  }),
  check({
    id: "errors.detail",
    title: "A refusal says why, for people",
    requirement: may("RFC 7644", "3.12"),
    severity: "low",
    level: "read",
    mend: 'Say in "detail" what was wrong: providers show it to whoever has to mend it.',
    ask: (run) => run.look(missing.path),
    judge(answer) {
      const { detail } = bodyOf(answer);
      return typeof detail === "string" && detail !== "" ? null : 'The refusal has no "detail".';
    },
  }),
  check({
    id: "errors.invalid-syntax",
    title: "What is no JSON is refused",
    requirement: should("RFC 7644", "3.12"),
    severity: "low",
    level: "write",
    mend: 'Refuse a body that can\'t be read with 400 and "scimType": "invalidSyntax".',
    ask: async (run) =>
      (await run.create("User", null, `{"schemas": ["${USER_SCHEMA}"], "userName": `)).answer,
    judge: (answer) =>
      isOk(answer) ? `${answered(answer)}: it was accepted.` : refusalFault(answer, [400], "invalidSyntax"),
  }),
  check({
    id: "errors.required",
    title: "A user without userName is refused",
    requirement: must("RFC 7643", "4.1.1"),
    severity: "medium",
    level: "write",
    mend: 'Refuse a user without "userName" with 400 and "scimType": "invalidValue".',
    async ask(run) {
      const { userName: _, ...body } = userBody(run.identity.other("unnamed"));
      return (await run.create("User", body)).answer;
    },
    judge(answer) {
      const { userName } = bodyOf(answer);
      // What is left out may be given a default (RFC 7644 §3.3).
      if (isOk(answer) && typeof userName === "string" && userName !== "")
        return passedWith("The service gave the user a name of its own.");
      return softened(answer, "invalidValue");
    },
  }),
];

/** What is refused has failed nothing but a status that is a SHOULD and a keyword that is optional (RFC 7644 §3.12). */
function softened(
  answer: Parameters<typeof refusalFault>[0],
  scimType: string,
): string | null | ReturnType<typeof warned> {
  if (isOk(answer)) return `${answered(answer)}: it was accepted.`;
  const fault = refusalFault(answer, [400], scimType);
  return fault !== null && answer.status < 500 ? warned(fault) : fault;
}

/** Those that need the test user. */
export const ERRORS_OF_CHANGES = [
  check({
    id: "errors.invalid-value",
    title: "A value of another type is refused",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "medium",
    level: "write",
    mend: 'Refuse a value of another type than the schema has with 400 and "scimType": "invalidValue".',
    ask: (run) =>
      run.change(
        "PATCH",
        "User",
        run.tested(),
        patchBody({ op: "replace", path: "active", value: { rollcall: "check" } }),
      ),
    judge: (answer) => softened(answer, "invalidValue"),
  }),
  check({
    id: "errors.mutability",
    title: "An id is not changed",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "medium",
    level: "write",
    mend: 'Refuse a change of a read-only attribute with 400 and "scimType": "mutability".',
    async ask(run) {
      const id = run.tested();
      const answer = await run.change(
        "PATCH",
        "User",
        id,
        patchBody({ op: "replace", path: "id", value: NO_ID }),
      );
      return { id, answer, read: await run.read(id) };
    },
    judge({ id, answer, read }) {
      if (bodyOf(read).id !== id) return "The id was changed.";
      const fault = refusalFault(answer, [400], "mutability");
      return fault === null ? null : warned(`${fault} The id stayed as it was.`);
    },
  }),
  check({
    id: "errors.unknown-op",
    title: "An op that is none is refused, with the standard's body",
    requirement: must("RFC 7644", "3.5.2"),
    severity: "low",
    level: "write",
    mend: "Refuse an op other than add, remove and replace with 400, and give refusals of changes the same body as those of questions.",
    ask: (run) =>
      run.change("PATCH", "User", run.tested(), patchBody({ op: "rollcall", path: "title", value: "x" })),
    judge: (answer) =>
      isOk(answer) ? `${answered(answer)}: an op that is none was accepted.` : errorFault(answer),
  }),
];
