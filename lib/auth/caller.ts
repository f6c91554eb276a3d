/** Who is asking, and what they may do: settled at the door, checked again by each act. */
import { userInfo } from "node:os";
import { may, type Permission, type Role, type Scope } from "./permissions.ts";

/** Who did something, as the audit log names them. */
interface Actor {
  kind: "member" | "token" | "share" | "command-line" | "provider" | "system";
  /** Of the member, the token or the share; else the name again. */
  id: string;
  name: string;
  /** From where: a network address; null on the machine itself. */
  address: string | null;
}

export interface Caller {
  actor: Actor;
  role: Role;
  /** Of a token: it may do nothing else. Null: all that the role may. */
  scopes: readonly Scope[] | null;
  /** The one customer whose records they see; null: all of the workspace. */
  customer: string | null;
  /** Of a token: the one source into which it may ingest; without it any. */
  source?: string;
  /** The member who came in, or whose token it is; null for the machine's own user. */
  member: string | null;
}

/** Someone may not do what they asked for; the message is for them. */
export class AccessProblem extends Error {
  override name = "AccessProblem";
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Whether they have the permission: by their role, and by the token's scopes where they came with one. */
export function allowed({ role, scopes }: Caller, permission: Permission): boolean {
  if (!may(role, permission)) return false;
  return scopes === null || permission === "own" || (scopes as readonly string[]).includes(permission);
}

/** @throws {AccessProblem} unless they have the permission. */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (allowed(caller, permission)) return;
  throw new AccessProblem(
    "forbidden",
    caller.scopes !== null && may(caller.role, permission)
      ? `This token has no scope "${permission}".`
      : `Your role (${caller.role}) does not allow this. An admin of this workspace can change it.`,
  );
}

/** Whoever runs the program on the machine that holds the database: there is nothing they could not do there anyway. */
export function commandLine(): Caller {
  const { username } = userInfo();
  const actor = {
    kind: "command-line",
    id: username,
    name: `${username} at the command line`,
    address: null,
  } as const;
  return { actor, role: "admin", scopes: null, customer: null, member: null };
}

/** Rollcall itself: what happens by a rule and not because somebody asked. */
export function rollcallItself(kind: "system" | "provider" = "system", name = "Rollcall"): Caller {
  return {
    actor: { kind, id: name, name, address: null },
    role: "admin",
    scopes: null,
    customer: null,
    member: null,
  };
}
