/** PostgreSQL refuses to run as root: as which user it runs then, and how he reaches its files. */
import { access, chown, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { RuntimeProblem } from "../problem.ts";
import { type Call, run } from "./run.ts";

export interface Account {
  /** Gives a folder that was just made to the user of the server. */
  own(folder: string): Promise<void>;
  /** The call as that user. */
  call(file: string, args: string[]): Call;
}

const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"];

/**
 * @param data the data folder; its owner runs the server.
 * @param programs the folder of PostgreSQL's programs.
 * @throws RuntimeProblem when root, and no other user can run it.
 */
export async function accountFor(data: string, programs: string): Promise<Account> {
  if (process.getuid?.() !== 0)
    return { own: async () => {}, call: (file, args) => ({ file, args, cwd: programs }) };
  const { uid, gid } = await serverUser(data);
  const reached = (await reaches(uid, gid, programs)) && (await reaches(uid, gid, dirname(data)));
  const prefix = reached ? null : await searchEverywhere(uid, gid, data);
  return {
    own: (folder) => chown(folder, uid, gid),
    call: (file, args) =>
      prefix
        ? { file: prefix.file, args: [...prefix.args, file, ...args], cwd: "/" }
        : { file, args, cwd: "/", uid, gid },
  };
}

async function serverUser(data: string): Promise<{ uid: number; gid: number }> {
  const owner = await stat(data).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  if (owner) {
    throw new RuntimeProblem(
      "data-of-root",
      `${data} belongs to root, which PostgreSQL refuses. Give it to another user: chown -R postgres ${data}`,
    );
  }
  let user = await userIds();
  if (!user) {
    await run({ file: "useradd", args: ["--system", "--user-group", "postgres"], cwd: "/" }).catch(
      () => null,
    );
    user = await userIds();
  }
  if (user) return user;
  throw new RuntimeProblem(
    "root-refused",
    "PostgreSQL doesn't run as root, and no user named postgres could be made. Start Rollcall as another user, or set DATABASE_URL.",
  );
}

async function userIds(): Promise<{ uid: number; gid: number } | null> {
  const id = async (flag: string) => {
    const { code, output } = await run({ file: "id", args: [flag, "postgres"], cwd: "/" });
    return code === 0 ? Number.parseInt(output, 10) : Number.NaN;
  };
  const [uid, gid] = await Promise.all([id("-u"), id("-g")]);
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null;
}

/** Whether the user may enter `folder` and each folder above it. A folder still to be made counts as open. */
async function reaches(uid: number, gid: number, folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    const bit = found?.uid === uid ? 0o100 : found?.gid === gid ? 0o010 : 0o001;
    if (found && (found.mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Runs as the user with one right of root kept: to pass through folders (below /root, most often). */
async function searchEverywhere(
  uid: number,
  gid: number,
  data: string,
): Promise<{ file: string; args: string[] }> {
  const args = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  args.push("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search");
  // Without it the right would not count where PostgreSQL asks with access(2) whether its programs are there.
  args.push("--securebits=+no_setuid_fixup");
  for (const file of SETPRIV) {
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there && (await run({ file, args: [...args, "true"], cwd: "/" })).code === 0) return { file, args };
  }
  throw new RuntimeProblem(
    "unreachable-folder",
    `As root, PostgreSQL runs as another user, who can't enter ${dirname(data)} or the folder of this program. Set ROLLCALL_HOME (and put the program) where others may enter, such as under /srv.`,
  );
}
