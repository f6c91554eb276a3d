/** Okta as its documentation has it (System Log, Users, Groups, Apps, OAuth 2.0 for Okta APIs), with its awkward manners. */
import { randomUUID } from "node:crypto";
import { importSPKI, jwtVerify } from "jose";
import { logEvent } from "../../ingest/adapters/okta/fixtures.ts";
import { type Answer, type Call, type VendorServer, vendorServer } from "./vendor.ts";

export const OKTA_TOKEN = "00token-of-the-test";

interface LogRecord {
  uuid: string;
  published: string;
  [member: string]: unknown;
}

export interface FakeOkta extends VendorServer {
  /** In the order in which they were stored. */
  records: LogRecord[];
  /** Records at once, whatever is asked for. */
  pageSize: number;
  /** How many records of a page come on the next one again. */
  repeats: number;
  /** Lists by their address: users, groups, apps and what is in them. */
  lists: Map<string, unknown[]>;
  /** Stores so many records, some of them late. */
  add(count: number, from?: number): void;
  /** Links given until now are not taken any more. */
  expireLinks(): void;
  /** Tokens given until now are not taken any more. */
  expireTokens(): void;
}

const error = (status: number, errorCode: string, errorSummary: string): Answer => ({
  status,
  body: { errorCode, errorSummary, errorLink: errorCode, errorId: "x", errorCauses: [] },
});

/** @param publicKey of a client that may get tokens, as PEM. */
export async function fakeOkta(publicKey: string | null = null): Promise<FakeOkta> {
  let generation = 0;
  let tokens = new Set<string>();
  let made = 0;

  async function token({ body, url }: Call): Promise<Answer> {
    const form = new URLSearchParams(body);
    try {
      const key = await importSPKI(publicKey ?? "", "RS256");
      const { protectedHeader } = await jwtVerify(form.get("client_assertion") ?? "", key, {
        issuer: "client",
        subject: "client",
        audience: url.href,
        requiredClaims: ["jti", "exp", "iat"],
      });
      if (protectedHeader.kid !== "key-1") throw new Error("no such key");
    } catch {
      return {
        status: 401,
        body: { error: "invalid_client", error_description: "The client_assertion is invalid." },
      };
    }
    const access_token = randomUUID();
    tokens.add(access_token);
    return {
      status: 200,
      body: { token_type: "Bearer", expires_in: 3600, access_token, scope: form.get("scope") },
    };
  }

  const linked = (address: string, next: URLSearchParams | null, body: unknown[]): Answer => {
    const self = `<${okta.url}${address}>; rel="self"`;
    const links = next === null ? self : `${self}, <${okta.url}${address}?${next}>; rel="next"`;
    return {
      status: 200,
      headers: { link: links, "x-rate-limit-limit": "60", "x-rate-limit-remaining": "59" },
      body,
    };
  };

  function logs({ url }: Call): Answer {
    const query = url.searchParams;
    const { since, until, after } = Object.fromEntries(query);
    if (since !== undefined && after !== undefined)
      return error(400, "E0000001", "Api validation failed: since and after exclude each other");
    const [given, start = "0", from = since ?? "1970-01-01T00:00:00.000Z"] = after?.split("_") ?? [];
    if (after !== undefined && Number(given) !== generation)
      return error(400, "E0000001", "Api validation failed: after is invalid or has expired");
    const inTime = okta.records.filter(
      ({ published }) => published >= from && (until === undefined || published < until),
    );
    // Without an end in the order of storing, with one in the order of time.
    if (until !== undefined)
      inTime.sort((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0));
    const size = Math.min(Number(query.get("limit") ?? 100), okta.pageSize);
    const begin = Number(start);
    const page = inTime.slice(Math.max(begin - okta.repeats, 0), begin + size);
    const end = Math.min(begin + size, inTime.length);
    const next = new URLSearchParams({
      after: `${generation}_${end}_${from}`,
      limit: `${size}`,
      sortOrder: "ASCENDING",
    });
    if (until !== undefined) next.set("until", until);
    const fresh = begin === end ? [] : page;
    return linked("/api/v1/logs", until !== undefined && end === inTime.length ? null : next, fresh);
  }

  function list({ url }: Call): Answer {
    const known = okta.lists.get(url.searchParams.has("search") ? `${url.pathname} gone` : url.pathname);
    if (known === undefined) return error(404, "E0000007", `Not found: Resource not found: ${url.pathname}`);
    const begin = Number(url.searchParams.get("after") ?? 0);
    const end = begin + okta.pageSize;
    const next = new URLSearchParams(url.searchParams);
    next.set("after", `${end}`);
    return linked(url.pathname, end < known.length ? next : null, known.slice(begin, end));
  }

  async function answer(call: Call): Promise<Answer> {
    if (call.url.pathname === "/oauth2/v1/token") return token(call);
    const [scheme, key = ""] = (call.headers.authorization ?? "").split(" ");
    if (!(scheme === "SSWS" && key === OKTA_TOKEN) && !(scheme === "Bearer" && tokens.has(key)))
      return error(401, "E0000011", "Invalid token provided");
    return call.url.pathname === "/api/v1/logs" ? logs(call) : list(call);
  }

  const server = await vendorServer(answer, {
    limited: (now) => ({
      ...error(429, "E0000047", "API call exceeded rate limit due to too many requests."),
      // It tells the second at which its window ends, by its own clock.
      headers: {
        "x-rate-limit-limit": "60",
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": `${Math.ceil(now / 1000)}`,
      },
    }),
    refused: error(401, "E0000011", "Invalid token provided"),
  });
  const okta: FakeOkta = Object.assign(server, {
    records: [] as LogRecord[],
    pageSize: 1_000,
    repeats: 0,
    lists: new Map<string, unknown[]>(),
    add(count: number, from = Date.now() - 3_600_000) {
      for (let i = 0; i < count; i++) {
        const n = made++;
        // Every seventh was delivered to Okta's store later than it happened.
        const published = new Date(from + n * 10 - (n % 7 === 0 ? 600_000 : 0)).toISOString();
        okta.records.push({ ...logEvent("user.authentication.sso", {}), uuid: randomUUID(), published });
      }
    },
    expireLinks() {
      generation++;
    },
    expireTokens() {
      tokens = new Set();
    },
  });
  return okta;
}
