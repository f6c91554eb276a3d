/** What can be set about the door, read from the environment once at the start. */
import { z } from "zod";
import { RuntimeProblem } from "../problem.ts";

const MINUTE_CALLS = z.coerce.number().int().min(1).max(1_000_000);

const Variables = z.object({
  /** How many reverse proxies of one's own stand in front, each of which adds to X-Forwarded-For; 0 believes nobody. */
  ROLLCALL_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests a minute and client. Sign-in is where secrets are guessed; the right ones are not counted. */
  ROLLCALL_RATE_SIGN_IN: MINUTE_CALLS.default(20),
  ROLLCALL_RATE_WRITES: MINUTE_CALLS.default(120),
  /** A page that watches an upload asks four times a second in the worst case; five such pages still fit. */
  ROLLCALL_RATE_READS: MINUTE_CALLS.default(1_200),
  /** A first provisioning of some ten thousand people ends within the hour; the database carries out about as many. */
  ROLLCALL_RATE_SCIM: MINUTE_CALLS.default(3_000),
  /** A vendor that was away sends what it has kept as fast as it is taken, and some send a thing once and never again. */
  ROLLCALL_RATE_PUSH: MINUTE_CALLS.default(12_000),
  /** Bytes of one upload at most; logs of many gigabytes are what Rollcall is for, so there is no limit unless set. */
  ROLLCALL_MAX_UPLOAD_BYTES: z.coerce.number().int().min(1).default(Number.POSITIVE_INFINITY),
  /** Browsers open six connections each; beyond this many the operating system keeps the rest waiting. */
  ROLLCALL_MAX_CONNECTIONS: z.coerce.number().int().min(1).max(100_000).default(1_000),
  /** Seconds in which /readyz already says no, but new connections are still taken: for a load balancer to notice. */
  ROLLCALL_STOP_DELAY: z.coerce.number().min(0).max(300).default(0),
  /** Seconds that requests under way get to end. Container platforms kill after 30, which must stay enough for the rest. */
  ROLLCALL_STOP_SECONDS: z.coerce.number().min(0).max(3_600).default(10),
  /** Opens /metrics to others than this machine. Short ones could be guessed. */
  ROLLCALL_METRICS_TOKEN: z.string().min(16).optional(),
});

export interface DoorSettings {
  /** Own proxies in front. */
  hops: number;
  /** Requests a minute and client, by what is asked for. */
  rates: { signIn: number; writes: number; reads: number; scim: number; push: number };
  maxUploadBytes: number;
  maxConnections: number;
  stopDelayMs: number;
  stopMs: number;
  metricsToken: string | null;
}

/**
 * The settings that `env` holds; a variable that is empty counts as not set.
 * @throws {RuntimeProblem} that names the variable and what it takes.
 */
export function doorSettings(env: Readonly<Record<string, string | undefined>>): DoorSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const read = Variables.safeParse(given);
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: "" };
    throw new RuntimeProblem(
      "bad-setting",
      `The variable ${String(path[0])} can't be used: ${message}. docs/operating.md says what it takes.`,
    );
  }
  const { data } = read;
  return {
    hops: data.ROLLCALL_TRUST_PROXY,
    rates: {
      signIn: data.ROLLCALL_RATE_SIGN_IN,
      writes: data.ROLLCALL_RATE_WRITES,
      reads: data.ROLLCALL_RATE_READS,
      scim: data.ROLLCALL_RATE_SCIM,
      push: data.ROLLCALL_RATE_PUSH,
    },
    maxUploadBytes: data.ROLLCALL_MAX_UPLOAD_BYTES,
    maxConnections: data.ROLLCALL_MAX_CONNECTIONS,
    stopDelayMs: data.ROLLCALL_STOP_DELAY * 1_000,
    stopMs: data.ROLLCALL_STOP_SECONDS * 1_000,
    metricsToken: data.ROLLCALL_METRICS_TOKEN ?? null,
  };
}
