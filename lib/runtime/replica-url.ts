/** The replica that DATABASE_REPLICA_URL names. */
import type { Access } from "../../db/client.ts";
import { RuntimeProblem } from "./problem.ts";

/**
 * @param env variables that are empty count as not set.
 * @returns null where none is set.
 * @throws {RuntimeProblem} where it is no address of a PostgreSQL.
 */
export function replicaUrl(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const text = env.DATABASE_REPLICA_URL;
  if (!text) return null;
  if (URL.canParse(text) && /^postgres(?:ql)?:$/u.test(new URL(text).protocol)) return text;
  throw new RuntimeProblem(
    "bad-setting",
    "The variable DATABASE_REPLICA_URL can't be used: it takes an address like postgres://replica:5432/database.",
  );
}

/** How the application comes into the replica: it is a copy, so by the role, the password and the key of the database itself. */
export function accessTo(replica: string, access: Access): Access {
  const [own, other] = [new URL(access.url), new URL(replica)];
  [other.username, other.password] = [own.username, own.password];
  return { ...access, url: other.href };
}
