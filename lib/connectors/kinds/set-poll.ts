/**
 * Streams of Security Event Tokens that are polled (RFC 8936). The transmitter hands a token out again and again until it is
 * acknowledged; that is done in the poll after the one whose tokens are in the log, and what waits for it is the cursor.
 */
import { z } from "zod";
import { KeySets, KeysUnavailable } from "../../push/key-sets.ts";
import { ISSUER, type Issuer, recordOfSet, SetRefused, verifySet } from "../../push/verify-set.ts";
import { fixedKey } from "../auth.ts";
import { connector, type Page, type Pull } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";

/** Tokens are a kilobyte or two: a page is read and stored within a second. */
const MOST = 500;

const SETTINGS = ISSUER.extend({
  /** Where the stream is polled. */
  url: z.url().max(500),
}).strict();
type Settings = z.infer<typeof SETTINGS>;

/** What the transmitter is to be told: what is in the log, and what was not taken, and why (RFC 8936, 2.4). */
const CURSOR = z.object({
  ack: z.array(z.string()),
  setErrs: z.record(z.string(), z.object({ err: z.string(), description: z.string() })),
});
type Cursor = z.infer<typeof CURSOR>;

const POLLED = z.object({ sets: z.record(z.string(), z.string()) });

const keys = new KeySets();

/** Whether each token is the issuer's. @throws {ConnectorProblem} when the issuer's keys can't be had: all are handed out again. */
async function sorted(sets: Readonly<Record<string, string>>, issuer: Issuer, now: number) {
  const told: Cursor = { ack: [], setErrs: {} };
  const records: string[] = [];
  for (const [jti, token] of Object.entries(sets)) {
    try {
      if ((await verifySet(token, issuer, keys, now)) !== jti)
        throw new SetRefused("invalid_request", 'Its "jti" is not the one that it is handed out under.');
      records.push(recordOfSet(token));
      told.ack.push(jti);
    } catch (error) {
      if (error instanceof KeysUnavailable) throw new ConnectorProblem("unreachable", error.message);
      if (!(error instanceof SetRefused)) throw error;
      told.setErrs[jti] = { err: error.err, description: error.message };
    }
  }
  return { told, body: records.length === 0 ? null : new TextEncoder().encode(records.join("\n")) };
}

async function* pages({ settings, http, cursor }: Pull<Settings>): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  let told: Cursor = read.success ? read.data : { ack: [], setErrs: {} };
  const refused = new Map<string, string>();
  for (;;) {
    const before = new Set([...told.ack, ...Object.keys(told.setErrs)]);
    const answer = await http.post(settings.url, { maxEvents: MOST, returnImmediately: true, ...told });
    const polled = POLLED.safeParse(answer.json);
    if (!polled.success)
      throw new ConnectorProblem("unreachable", "The stream gave something else than the answer to a poll.");
    const { sets } = polled.data;
    const page = await sorted(sets, settings, http.now());
    told = page.told;
    for (const [jti, { description }] of Object.entries(told.setErrs)) refused.set(jti, description);
    // A transmitter that hands out what it was just told of is asked again at the next run, and not all the time.
    const last = Object.keys(sets).every((jti) => before.has(jti));
    yield { body: page.body, cursor: told, last };
    if (last) break;
  }
  const [why] = [...refused.values()].slice(-1);
  if (why !== undefined)
    throw new ConnectorProblem(
      "refused",
      `${refused.size} tokens were refused, and the transmitter was told. The last: ${why}`,
    );
}

export const setPoll = connector<Settings>({
  kind: "set-poll",
  label: "Security Event Tokens, polled",
  format: "set",
  source: "set",
  everySeconds: 60,
  days: null,
  settings: SETTINGS,
  base: ({ url }) => new URL(url).origin,
  authorizer: (_, secret) => fixedKey("Bearer", secret),
  pages,
});
