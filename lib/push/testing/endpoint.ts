/** The push addresses over real HTTP in this process, for tests: without Next and the door before it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type Db, DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { commandLine } from "../../auth/caller.ts";
import { addPushSource, type NewPush } from "../add-push-source.ts";
import { answerPush, PUSH_PATH } from "../answer-push.ts";
import { KeySets } from "../key-sets.ts";
import { listPushSources, type PushSourceTold } from "../list-push-sources.ts";

export const INSTALLATION = "secret of the tests' installation";

export interface PushEndpoint {
  url: string;
  close(): Promise<void>;
}

/** Serves the sources of a database's workspace. Keys are fetched anew at once. */
export async function pushEndpoint(db: Db): Promise<PushEndpoint> {
  const context = { db, workspace: DEFAULT_WORKSPACE, installation: INSTALLATION, keys: new KeySets(0) };
  const server = createServer((request, response) => {
    void (async () => {
      const { method = "", url = "", headers } = request;
      const push = url.slice(`${PUSH_PATH}/${DEFAULT_WORKSPACE}/`.length);
      const header = (name: string) => [headers[name] ?? []].flat()[0] ?? null;
      const body = new Uint8Array(await buffer(request));
      const answer = await answerPush(context, { method, push, header, body });
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const pushTold = async (db: Db, source: string): Promise<PushSourceTold> => {
  const { sources } = await listPushSources(db, DEFAULT_WORKSPACE, commandLine(), source);
  if (sources[0] === undefined) throw new Error(`nothing is pushed into ${source}`);
  return sources[0];
};

/** A source of its own. @returns its address, and its secret where Rollcall made it. */
export async function pushSource(
  db: Db,
  { url }: PushEndpoint,
  input: Pick<NewPush, "source" | "kind"> & Partial<NewPush>,
): Promise<{ address: string; secret: string }> {
  const whole = { settings: {}, secret: null, customer: null, ...input };
  const { secret } = await addPushSource(db, DEFAULT_WORKSPACE, commandLine(), whole, INSTALLATION);
  return { address: `${url}${(await pushTold(db, input.source)).path}`, secret: secret ?? "" };
}
