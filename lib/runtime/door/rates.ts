/** How often one client may ask, counted in memory over a minute. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Kind } from "./kind.ts";
import type { Refusal } from "./refusal.ts";
import type { DoorSettings } from "./settings.ts";

const SECONDS = 60;
type Policy = keyof DoorSettings["rates"];

/** Files and pages cost little and ask the API for what costs more. */
const POLICIES: Record<Kind, Policy | null> = {
  signIn: "signIn",
  scim: "scim",
  push: "push",
  upload: "writes",
  write: "writes",
  read: "reads",
  page: "reads",
  file: null,
};

interface Counted {
  /** The fields that tell a client where it stands (draft-ietf-httpapi-ratelimit-headers-10). */
  headers: Record<string, string>;
  refusal: Refusal | null;
}

export interface Rates {
  /** Counts one request of `client`. */
  count(kind: Kind, client: string): Promise<Counted>;
  /** Takes the count back. */
  forgive(kind: Kind, client: string): Promise<void>;
}

/** Counts by `rates`, requests a minute and client. */
export function ratesOf(rates: DoorSettings["rates"]): Rates {
  const limiter = (policy: Policy) =>
    new RateLimiterMemory({ keyPrefix: policy, points: rates[policy], duration: SECONDS });
  const limiters: Record<Policy, RateLimiterMemory> = {
    signIn: limiter("signIn"),
    writes: limiter("writes"),
    reads: limiter("reads"),
    scim: limiter("scim"),
    push: limiter("push"),
  };
  return {
    async count(kind, client) {
      const policy = POLICIES[kind];
      if (policy === null) return { headers: {}, refusal: null };
      const state = await limiters[policy].consume(client).catch((error: unknown) => {
        if (error instanceof RateLimiterRes) return error;
        throw error;
      });
      // Where the clock was set back it would be an hour, of which only a minute is true.
      const seconds = Math.min(Math.max(1, Math.ceil(state.msBeforeNext / 1_000)), SECONDS);
      const headers = {
        "RateLimit-Policy": `"${policy}";q=${rates[policy]};w=${SECONDS}`,
        RateLimit: `"${policy}";r=${state.remainingPoints};t=${seconds}`,
      };
      if (state.consumedPoints <= rates[policy]) return { headers, refusal: null };
      return {
        headers,
        refusal: {
          status: 429,
          code: "too_many_requests",
          message: `These are more than ${rates[policy]} requests in a minute. Try again in ${seconds} s.`,
          headers: { "retry-after": String(seconds) },
        },
      };
    },
    async forgive(kind, client) {
      const policy = POLICIES[kind];
      if (policy !== null) await limiters[policy].reward(client);
    },
  };
}
