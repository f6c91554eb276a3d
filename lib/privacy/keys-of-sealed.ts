/** The keys of all who are sealed and not erased, as far as this home has them. */
import type { SqlSession } from "../../db/client.ts";
import { sealedNames } from "../../db/queries/sealed-people.ts";
import type { Home } from "../runtime/home.ts";
import type { Keys } from "./layers.ts";
import { findPersonKey } from "./person-keys.ts";

export async function keysOfSealed(sql: SqlSession, workspace: string, home: Home): Promise<Keys> {
  const keys = new Map<string, Uint8Array>();
  for (const person of await sealedNames(sql, workspace)) {
    const key = await findPersonKey(home, person);
    if (key !== null) keys.set(person, key);
  }
  return keys;
}
