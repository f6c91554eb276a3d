/** The public keys of those who sign what they send (RFC 7517): fetched, kept for a while, and fetched anew where a key is missing. */
import type { createLocalJWKSet, JSONWebKeySet } from "jose";
import { z } from "zod";
import { OutgoingProblem, outgoing } from "../net/outgoing.ts";

/** After so long they are fetched anew: a key that was taken back opens nothing for longer. */
const FRESH_MS = 10 * 60_000;
/** Not more often than this, whatever keys strangers name; who has just rotated keys is let in after it. */
const COOLDOWN_MS = 10_000;
/** While they can't be had they are asked for this often at most. */
const AGAIN_MS = 5_000;
/** Whoever sends waits meanwhile. */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

const KEY_SET = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).max(1_000) });

/** They can't be had now; the message says why. */
export class KeysUnavailable extends Error {
  override name = "KeysUnavailable";
}

type Keys = ReturnType<typeof createLocalJWKSet>;

interface Fetched {
  at: number;
  /** Settles within the timeout. */
  keys: Promise<Keys>;
}

/** @throws {KeysUnavailable} */
async function fetchKeys(url: string): Promise<Keys> {
  const { host } = new URL(url);
  // Read when keys are needed: commands start without it.
  const jose = await import("jose");
  try {
    const headers = { accept: "application/jwk-set+json, application/json", "user-agent": "Rollcall" };
    const answer = await outgoing(url, { headers }, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    if (!answer.ok)
      throw new KeysUnavailable(`${host} gives no keys: it answers with HTTP ${answer.status}.`);
    const read = KEY_SET.safeParse(await answer.json().catch(() => null));
    if (!read.success)
      throw new KeysUnavailable(`${host} gives something else than a set of keys (RFC 7517).`);
    return jose.createLocalJWKSet(read.data as unknown as JSONWebKeySet);
  } catch (error) {
    if (error instanceof OutgoingProblem) throw new KeysUnavailable(`No keys: ${error.message}`);
    if (error instanceof jose.errors.JOSEError)
      throw new KeysUnavailable(`${host} gives keys that can't be read.`);
    throw error;
  }
}

/** Whether other keys may let in what these do not: one is missing, or stands for another now. */
async function mayBeOfOthers(error: unknown): Promise<boolean> {
  const { errors } = await import("jose");
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
}

const isYounger = (fetched: Fetched | undefined, ms: number): fetched is Fetched =>
  fetched !== undefined && Date.now() - fetched.at < ms;

export class KeySets {
  /** By their address: those asked for last, whatever came of it; and the last that could be had. */
  private readonly asked = new Map<string, Fetched>();
  private readonly had = new Map<string, Fetched>();

  /** @param cooldownMs 0 for tests. */
  constructor(private readonly cooldownMs = COOLDOWN_MS) {}

  /** Those that were asked for less than so long ago, or are now. */
  private ask(url: string, ms: number): Fetched {
    const last = this.asked.get(url);
    if (isYounger(last, ms)) return last;
    const fetched = { at: Date.now(), keys: fetchKeys(url) };
    this.asked.set(url, fetched);
    fetched.keys.then(
      () => this.had.set(url, fetched),
      () => {
        // Whoever waits for them hears of it; those had before are as good as they were.
      },
    );
    return fetched;
  }

  /**
   * Does `verify` with the keys at an address; once more with those that are there now, where these do not fit.
   * @throws {KeysUnavailable} and whatever `verify` throws.
   */
  async with<T>(url: string, verify: (keys: Keys) => Promise<T>): Promise<T> {
    const had = this.had.get(url);
    const first = isYounger(had, FRESH_MS) ? had : this.ask(url, AGAIN_MS);
    try {
      return await verify(await first.keys);
    } catch (error) {
      if (!(await mayBeOfOthers(error))) throw error;
      const second = this.ask(url, this.cooldownMs);
      if (second === first) throw error;
      return verify(await second.keys);
    }
  }
}
