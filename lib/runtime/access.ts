/** From the database's owner to the application's own role: what every process does before it touches a record. */
import { openAccess } from "../../db/access.ts";
import { type Access, connect, type Db, type Scope } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { type Home, readSecrets } from "./home.ts";

/**
 * Migrates the database and lets the application in.
 * @param url of the database's owner.
 * @returns how the application connects: as the role of DATABASE_APP_URL, else as one of this home's own.
 * @throws {AccessError} {@link MigrationError}
 */
export async function prepareDatabase(home: Home, url: string): Promise<Access> {
  await migrate(url);
  const appUrl = process.env.DATABASE_APP_URL;
  if (appUrl) return openAccess(url, { appUrl });
  const { sessionSecret } = await readSecrets(home);
  return openAccess(url, { secret: sessionSecret });
}

/**
 * Connections of the database's owner that say for which workspace they are: for what changes the log itself, which the
 * application's role can't (lib/privacy). Row-level security does not bind them.
 * @param url of the owner. @param access of the application, for the proof of the scope.
 */
export const connectOwner = (url: string, access: Access, scope: Scope): Db =>
  connect({ url, key: access.key }, scope, 2);
