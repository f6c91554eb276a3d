/** Says where an application's SCIM service is, and whether access may be ended there. */
import type { Db } from "../../db/client.ts";
import { readScimConnections, storeScimConnection } from "../../db/queries/scim-connections.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { seal } from "../auth/seal.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { SCIM_TOKEN } from "./connection.ts";
import type { Ending } from "./end-access.ts";
import { ScimProblem } from "./problem.ts";

export interface ConnectionInput {
  url: string;
  /** Null: the one that is set. */
  token: string | null;
  writes: boolean;
  ending: Ending;
}

/** Characters that a bearer token has (RFC 6750 §2.1): none that could end the header. */
const TOKEN = /^[\w.~+/-]{1,4000}=*$/u;

/** The address without a slash at its end. Whether it may be called is asked when it is. @throws {ScimProblem} */
export function addressOf(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const web = url?.protocol === "https:" || url?.protocol === "http:";
  const bare = url?.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url !== null && web && bare && url.href.length <= 2_000) {
    let { href } = url;
    while (href.endsWith("/")) href = href.slice(0, -1);
    return href;
  }
  throw new ScimProblem(
    "bad-address",
    "Give the address of the application's SCIM 2.0 service, like https://app.example.com/scim/v2: what stands before /Users, without a user name, password or question mark.",
  );
}

/** What the audit log keeps: all but the token. */
const kept = ({ url, writes, ending }: Pick<ConnectionInput, "url" | "writes" | "ending">) => ({
  url,
  writes,
  ending,
});

/**
 * @param label of the application, in any spelling.
 * @param input a token may be left out while the address's origin stays: none is sent where it was not meant for.
 * @param installation the secret of this installation, under which the token is kept.
 * @throws {AccessProblem} {@link ScimProblem}
 */
export async function setScimConnection(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
  { url: text, token, writes, ending }: ConnectionInput,
  installation: string,
): Promise<void> {
  await act({ db, workspace, by }, "operate", "set-scim-connection", async (sql) => {
    const url = addressOf(text);
    const application = applicationKey(label);
    const [before] = await readScimConnections(sql, workspace, [application]);
    const sameOrigin = before !== undefined && new URL(before.url).origin === new URL(url).origin;
    if (token === null && !sameOrigin) {
      throw new ScimProblem(
        "token-needed",
        "Give the token too: one is sent only to the address that it was given for.",
      );
    }
    if (token !== null && !TOKEN.test(token)) {
      throw new ScimProblem(
        "token-needed",
        "This is no bearer token: it has letters, digits and - . _ ~ + / = and no space.",
      );
    }
    const sealed =
      token === null && before !== undefined
        ? before.token
        : await seal(installation, SCIM_TOKEN, token ?? "");
    await storeScimConnection(sql, workspace, {
      application,
      label,
      url,
      token: Buffer.from(sealed),
      writes,
      ending,
      setBy: by.actor.name,
    });
    return {
      result: undefined,
      object: label,
      before: before === undefined ? null : kept(before),
      after: { ...kept({ url, writes, ending }), token: token === null ? "kept" : "set" },
    };
  });
}
