/** A transmitter of Security Event Tokens that is polled (RFC 8936), with its awkward manners: it repeats, and breaks off. */
import type { TestIssuer } from "../../push/testing/issuer.ts";
import { type VendorServer, vendorServer } from "./vendor.ts";

export const STREAM_TOKEN = "stream-token-of-the-test";

interface Asked {
  maxEvents: number;
  returnImmediately: boolean;
  ack: string[];
  setErrs: Record<string, { err: string; description: string }>;
}

export interface FakeStream extends VendorServer {
  /** What waits to be acknowledged, by its "jti". */
  waiting: Map<string, string>;
  /** What it was told of tokens that were not taken. */
  errors: Map<string, string>;
  /** Tokens that were acknowledged, as often as they were. */
  acknowledged: string[];
  /** How many that were acknowledged are handed out once more. */
  repeats: number;
  /** Called with what a poll acknowledges, before it is believed. */
  onAck: (jtis: readonly string[]) => Promise<void>;
}

export async function fakeStream(): Promise<FakeStream> {
  const again: [string, string][] = [];
  const unauthorized = { status: 401, body: { message: "this token opens nothing" } };
  const server = await vendorServer(
    async ({ method, headers, body }) => {
      if (headers.authorization !== `Bearer ${STREAM_TOKEN}`) return unauthorized;
      const { maxEvents, returnImmediately, ack, setErrs } = JSON.parse(body) as Asked;
      if (method !== "POST" || !returnImmediately || headers["content-type"] !== "application/json")
        return { status: 400, body: { message: "not a poll" } };
      await stream.onAck(ack);
      stream.acknowledged.push(...ack);
      for (const jti of ack) {
        const token = stream.waiting.get(jti);
        if (token !== undefined && again.length < stream.repeats) again.push([jti, token]);
        stream.waiting.delete(jti);
      }
      for (const [jti, { err }] of Object.entries(setErrs)) {
        stream.errors.set(jti, err);
        stream.waiting.delete(jti);
      }
      const handed = [...again.splice(0), ...stream.waiting].slice(0, maxEvents);
      stream.repeats -= Math.min(stream.repeats, handed.length);
      return {
        status: 200,
        body: { sets: Object.fromEntries(handed), moreAvailable: handed.length < stream.waiting.size },
      };
    },
    { limited: () => ({ status: 429, headers: { "retry-after": "1" }, body: {} }), refused: unauthorized },
  );
  const stream: FakeStream = Object.assign(server, {
    waiting: new Map<string, string>(),
    errors: new Map<string, string>(),
    acknowledged: [] as string[],
    repeats: 0,
    onAck: async () => {},
  });
  return stream;
}

/** The settings of a connector to it. */
export const settingsOfStream = ({ url }: FakeStream, { settings }: TestIssuer) => ({
  ...settings,
  url: `${url}/poll`,
});
