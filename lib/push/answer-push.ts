/** Answers whoever sends to a push source's address: what is kept has been kept when the answer goes. */
import type { Db } from "../../db/client.ts";
import { noteRefused, type PushSource, readPushSources } from "../../db/queries/push-sources.ts";
import { log } from "../runtime/log.ts";
import { Gather } from "./gather.ts";
import { keepDeliveries } from "./keep-deliveries.ts";
import { KeySets } from "./key-sets.ts";
import type { Delivery, PushKind } from "./kind.ts";
import { PushProblem } from "./problem.ts";
import { PushRefusal, refusalAsJson, tryAgain } from "./refusal.ts";
import { pushKindOf, pushSettingsOf } from "./registry.ts";
import { openSecret } from "./secret.ts";

/** Below it stands the workspace, then the id of the push source. */
export const PUSH_PATH = "/push";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** A database that is restarted, or a disk that was full, is well again after about so long. */
const AGAIN_SECONDS = 10;

const NOBODY = new PushRefusal(404, "not_found", "Nothing is pushed to this address.");
const FAILED = tryAgain("Rollcall could not keep this now. Send it again; its log says more.", AGAIN_SECONDS);

/** The answer at an address that nothing is pushed to. */
export const pushedToNobody = (): Response => refusalAsJson(NOBODY);

/** The answer where Rollcall itself fails: its log is told why. */
export function notToBeTaken(err: unknown, source?: string): Response {
  log().error({ err, source }, "A delivery could not be taken.");
  return refusalAsJson(FAILED);
}

const gather = new Gather<string | null>();
const KEYS = new KeySets();

export interface PushContext {
  /** Sees the whole workspace. */
  db: Db;
  workspace: string;
  /** The secret of this installation. */
  installation: string;
  /** For tests: keys that are fetched anew at once. */
  keys?: KeySets;
}

export interface PushRequest extends Delivery {
  method: string;
  /** The source's id, as the address has it. */
  push: string;
}

/** Takes a delivery. @throws {PushRefusal} {@link PushProblem} when what is set up can't be used any more. */
async function take(
  context: PushContext,
  kind: PushKind,
  stored: PushSource,
  request: PushRequest,
): Promise<Response> {
  const { db, workspace, installation, keys = KEYS } = context;
  const secret = await openSecret(installation, stored);
  const settings = pushSettingsOf(kind, stored.settings);
  const body = await kind.open({ settings, secret, keys, now: Date.now() }, request);
  const unreadable = await gather.add(stored.ingest, body, (bodies) =>
    keepDeliveries(db, workspace, stored, kind.format, bodies),
  );
  return kind.taken(unreadable);
}

/**
 * Answers a GET or a POST.
 * @returns what the kind's vendor understands; 503 where Rollcall itself fails, so that it is sent again.
 */
export async function answerPush(context: PushContext, request: PushRequest): Promise<Response> {
  const { db, workspace } = context;
  let stored: PushSource | undefined;
  try {
    if (UUID.test(request.push)) [stored] = await readPushSources(db.sql, workspace, { push: request.push });
    if (stored === undefined) return pushedToNobody();
    const kind = pushKindOf(stored.kind);
    if (request.method !== "POST") return kind.greet(request.header) ?? pushedToNobody();
    try {
      return await take(context, kind, stored, request);
    } catch (error) {
      const refused = error instanceof PushRefusal;
      if (refused || error instanceof PushProblem)
        await noteRefused(db.sql, workspace, stored.source, error.message);
      if (refused) return kind.refused(error);
      throw error;
    }
  } catch (error) {
    return notToBeTaken(error, stored?.source);
  }
}
