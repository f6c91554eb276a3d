/** Many changes in one request (RFC 7644 §3.7), where that is announced. */
import { check, must } from "../check.ts";
import { groupBody, userBody } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { MadeType, Run } from "../run.ts";
import { answered, bodyOf, hasSchema, isJson, type Json } from "../shapes.ts";
import { membersOf } from "./groups.ts";

const REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

const operationsOf = (exchange: Exchange): Json[] => {
  const { Operations: all } = bodyOf(exchange);
  return (Array.isArray(all) ? all : []).filter(isJson);
};

/** The id at the end of an operation's location; null where it has none. */
export function madeBy(operation: Json | undefined): string | null {
  if (operation === undefined || typeof operation.location !== "string") return null;
  const last = operation.location.split(/[?#]/u, 1)[0]?.split("/").at(-1) ?? "";
  try {
    return last === "" || last === "." || last === ".." ? null : decodeURIComponent(last);
  } catch {
    return null;
  }
}

/** The status of an operation: a text, or an object that has it as "code" (RFC 7644 §3.7.3); null where it is neither. */
export function statusOf({ status }: Json): string | null {
  const told = isJson(status) ? status.code : status;
  return typeof told === "string" ? told : null;
}

const withBulkId = (exchange: Exchange, bulkId: string): Json | undefined =>
  operationsOf(exchange).find((one) => one.bulkId === bulkId);

/** What an operation has made, so that it goes with the rest; null where it has made nothing. */
async function adopted(run: Run, exchange: Exchange, type: MadeType, bulkId: string): Promise<string | null> {
  const operation = withBulkId(exchange, bulkId);
  const id = operation !== undefined && statusOf(operation) === "201" ? madeBy(operation) : null;
  return id === null ? null : ((await run.adopt(type, id))?.id ?? null);
}

/** What is wrong with one operation's answer. */
function operationFault(exchange: Exchange, bulkId: string): string | null {
  if (exchange.status !== 200) return `${answered(exchange)} in place of 200.`;
  if (!hasSchema(bodyOf(exchange), RESPONSE)) return `"schemas" does not name ${RESPONSE}.`;
  const operation = withBulkId(exchange, bulkId);
  if (operation === undefined) return 'An operation is not answered under its "bulkId".';
  const status = statusOf(operation);
  if (status === null) return '"status" of an operation is neither a string nor has a "code" that is one.';
  if (status !== "201") return `An operation was answered with ${status.slice(0, 3)} in place of 201.`;
  return madeBy(operation) === null ? 'An operation that made something has no "location".' : null;
}

export const BULK = [
  check({
    id: "bulk.create",
    title: "A user is made in bulk",
    requirement: must("RFC 7644", "3.7"),
    severity: "medium",
    level: "write",
    mend: 'Answer /Bulk with 200 and a BulkResponse that has for each operation its "bulkId", "status" as a string and "location"; or let ServiceProviderConfig say that bulk is not supported.',
    async ask(run) {
      await run.requireFeature("bulk", "announced");
      run.tested();
      const data = userBody(run.identity.other("bulk"));
      const Operations = [{ method: "POST", path: "/Users", bulkId: "one", data }];
      const answer = await run.ask({
        method: "POST",
        path: "/Bulk",
        body: { schemas: [REQUEST], Operations },
      });
      const id = await adopted(run, answer, "User", "one");
      return { answer, read: id === null ? null : await run.read(id) };
    },
    judge({ answer, read }) {
      const fault = operationFault(answer, "one");
      if (fault !== null) return fault;
      return read?.status === 200 ? null : "The user was made, and can't be read.";
    },
  }),
  check({
    id: "bulk.references",
    title: "A bulkId stands for what is made in the same request",
    requirement: must("RFC 7644", "3.7.2"),
    severity: "low",
    level: "write",
    mend: 'Put the new id in the place of "bulkId:…" wherever an operation has it.',
    async ask(run) {
      await run.requireFeature("bulk", "announced");
      await run.requireGroups();
      run.tested();
      const other = run.identity.other("bulkref");
      const group = groupBody(other, ["bulkId:who"]);
      const Operations = [
        { method: "POST", path: "/Users", bulkId: "who", data: userBody(other) },
        { method: "POST", path: "/Groups", bulkId: "team", data: group },
      ];
      const answer = await run.ask({
        method: "POST",
        path: "/Bulk",
        body: { schemas: [REQUEST], Operations },
      });
      const user = await adopted(run, answer, "User", "who");
      const team = await adopted(run, answer, "Group", "team");
      if (answer.status !== 200) throw new NotTried("not-tried", "The service does not answer in bulk.");
      return { answer, user, read: team === null ? null : await run.read(team, "Group") };
    },
    judge({ answer, user, read }) {
      const fault = operationFault(answer, "who") ?? operationFault(answer, "team");
      if (fault !== null) return fault;
      return read !== null && user !== null && membersOf(bodyOf(read)).includes(user)
        ? null
        : "The group does not have the user who was made before it.";
    },
  }),
];
