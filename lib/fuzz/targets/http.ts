/** Every route and page of a running server, given any path, query and body: no answer of 500 or more, no hang, nothing lost. */
import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { RECORDS } from "../../ingest/adapters/fixtures.ts";
import { REPORT_NAMES } from "../../reports/run.ts";
import { PROJECT_ROOT } from "../../runtime/home.ts";
import type { Random } from "../../sample/random.ts";
import { anyValue, mutatedBytes, mutatedValue, PARAMETERS, TEXTS } from "../mutate.ts";
import { Broken, must, type Target } from "../target.ts";
import { filterFor, scimBodyFor } from "./scim-server.ts";

/** A route of app/, as it is found there. */
interface Route {
  method: string;
  /** Parts of the path; a parameter's stands in brackets: `["api", "v1", "events", "[id]"]`. */
  path: readonly string[];
}

interface Call {
  method: string;
  path: string;
  body: Buffer | null;
}

interface Reply {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** The slowest honest answer is an ingest; what takes longer than this hangs. */
const HANG_MS = 60_000;

const METHODS = /\b(GET|POST|PUT|PATCH|DELETE)\b/gu;
/** `export const GET`, `export async function PUT`, `export { handler as GET, handler as POST }`. */
const EXPORTS =
  /^export (?:const|async function|function) (?:GET|POST|PUT|PATCH|DELETE)\b|^export \{[^}]*\}/gmu;

/** The routes and pages of app/, by its files. */
export async function routesOf(root = PROJECT_ROOT): Promise<Route[]> {
  const app = join(root, "app");
  const files = await readdir(app, { recursive: true });
  const routes: Route[] = [];
  for (const file of files.sort()) {
    const parts = file.split(/[\\/]/u);
    const name = parts.pop();
    const path = parts.filter((part) => !part.startsWith("("));
    if (name === "page.tsx") routes.push({ method: "GET", path });
    if (name !== "route.ts") continue;
    const exported = ((await readFile(join(app, file), "utf8")).match(EXPORTS) ?? []).join(" ");
    for (const [method] of exported.matchAll(METHODS)) routes.push({ method, path });
  }
  return routes;
}

const QUERY = [...PARAMETERS, "sort", "format", "q", "id", "name", "source", "status", "event", "group"];

const VALUES = [
  "2026-03-31",
  "2026-03-31T09:00:00Z",
  "csv",
  "json",
  "1",
  "10",
  "0",
  "-1",
  "3650",
  "Slack",
  "okta",
  "alice",
  "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11",
  "eyJ9",
];

/** Percent-encoded, as clients do; at times not at all, where HTTP allows it. */
function encoded(text: string, random: Random): string {
  const short = text.slice(0, 2_000).replaceAll(/\p{Surrogate}/gu, "\ufffd");
  if (random.chance(0.1) && /^[\x21-\x7e]*$/u.test(short)) return short.replaceAll(/[?#/]/gu, "");
  return encodeURIComponent(short);
}

function valueFor(random: Random, known: readonly string[]): string {
  if (random.chance(0.3) && known.length > 0) return random.pick(known);
  return random.pick(random.chance(0.5) ? VALUES : TEXTS);
}

function bodyFor({ path }: Route, random: Random, known: readonly string[]): Buffer {
  if (random.chance(0.1)) return mutatedBytes(Buffer.from(random.pick(TEXTS)), random);
  if (path.at(-1) === "ingest") {
    const lines = Array.from({ length: random.int(0, 5) }, () => {
      const [, record] = random.pick(RECORDS);
      return JSON.stringify(mutatedValue(record, random));
    });
    return mutatedBytes(Buffer.from(lines.join("\n")), random);
  }
  const fields = {
    email: random.pick(TEXTS),
    role: random.pick(["admin", "analyst", "auditor", "customer-viewer", "owner"]),
    customer: random.pick(TEXTS),
    endsAt: random.pick(VALUES),
    active: random.chance(0.5),
    name: random.pick(TEXTS),
    scopes: [random.pick(["read", "ingest", "everything"])],
    days: random.int(-1, 400),
    a: valueFor(random, known),
    b: valueFor(random, known),
    verdict: random.pick(["same", "different", "withdrawn", "maybe"]),
    reason: random.pick(TEXTS),
  };
  const text = JSON.stringify(random.chance(0.3) ? anyValue(random) : mutatedValue(fields, random));
  return random.chance(0.2) ? mutatedBytes(Buffer.from(text), random) : Buffer.from(text);
}

/** The SCIM endpoint is one route of any path, to which no session lets in. */
const isScim = ({ path }: Pick<Route, "path">): boolean => path[0] === "scim";

function scimCallFor({ method }: Route, random: Random): Call {
  const id = random.pick(VALUES);
  const parts = [
    "Users",
    "Groups",
    ".search",
    "Bulk",
    `Users/${id}`,
    `Groups/${id}`,
    "Users/.search",
    "Schemas",
    "Me",
  ];
  const query = random.pick([
    "",
    "cursor=&count=2",
    `filter=${encoded(filterFor(random), random)}`,
    `cursor=${encoded(random.pick(TEXTS), random)}`,
  ]);
  const sort = random.chance(0.2)
    ? `&sortBy=${encoded(random.pick(["userName", "emails", ...TEXTS]), random)}`
    : "";
  const path = `/scim/v2/${random.pick(parts)}${query === "" ? "" : `?${query}${sort}`}`;
  return { method, path, body: method === "GET" ? null : Buffer.from(JSON.stringify(scimBodyFor(random))) };
}

function callFor(route: Route, random: Random, known: readonly string[]): Call {
  if (isScim(route)) return scimCallFor(route, random);
  const path = route.path.map((part) => {
    if (!part.startsWith("[")) return random.chance(0.01) ? encoded(random.pick(TEXTS), random) : part;
    return encoded(random.chance(0.4) ? random.pick(REPORT_NAMES) : valueFor(random, known), random);
  });
  const query = Array.from({ length: random.int(0, 4) }, () => {
    const name = random.chance(0.9) ? random.pick(QUERY) : encoded(random.pick(TEXTS), random);
    return `${name}=${encoded(valueFor(random, known), random)}`;
  });
  const method = random.chance(0.97)
    ? route.method
    : random.pick(["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
  const body = method === "GET" || method === "HEAD" ? null : bodyFor(route, random, known);
  return { method, path: `/${path.join("/")}${query.length > 0 ? `?${query.join("&")}` : ""}`, body };
}

/**
 * Sends it as a page of the server itself would: what changes something comes from the same origin.
 * @throws {Broken} when no answer comes.
 */
function send(url: URL, call: Call, key: Record<string, string>): Promise<Reply> {
  const { method, path, body } = call;
  // Node leaves the length out where a method's requests have no body as a rule, and what follows then is no HTTP.
  const length = body === null ? {} : { "content-length": body.length };
  const headers = { ...key, ...length, origin: url.origin };
  return new Promise((resolve, reject) => {
    const hung = new Broken(`No answer within ${HANG_MS / 1000} seconds.`);
    const asked = request(
      { host: url.hostname.replace(/^\[|\]$/gu, ""), port: url.port || 80, method, path, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        const done = () => {
          clearTimeout(late);
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        };
        answer.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          // A stream of events has no end: its first bytes are the answer.
          if (!answer.headers["content-type"]?.startsWith("text/event-stream")) return;
          done();
          asked.destroy();
        });
        answer.on("error", reject);
        answer.on("end", done);
      },
    );
    const late = setTimeout(() => asked.destroy(hung), HANG_MS);
    asked.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      // The server closed an idle connection in the moment in which it was used again: nothing was sent (RFC 9112, 9.3.1).
      if (error.code === "ECONNRESET" && asked.reusedSocket) send(url, call, key).then(resolve, reject);
      else reject(error);
    });
    asked.end(body ?? undefined);
  });
}

/** What signs in: the cookie that the token's link gives, else the token itself. */
async function credentials(url: URL, token: string | undefined): Promise<Record<string, string>> {
  if (token === undefined || token === "") return {};
  const opened = await send(
    url,
    { method: "GET", path: `/open/${encodeURIComponent(token)}`, body: null },
    {},
  );
  const cookie = (opened.headers["set-cookie"] ?? []) as string[];
  const pairs = cookie.map((line) => line.split(";")[0]).join("; ");
  return pairs === "" ? { authorization: `Bearer ${token}` } : { cookie: pairs };
}

/** A token for the SCIM endpoint, of a source that is made for it; nothing where whoever is signed in may make none. */
async function scimCredentials(url: URL, headers: Record<string, string>): Promise<Record<string, string>> {
  const body = Buffer.from(JSON.stringify({ source: `fuzz-${Date.now()}` }));
  const { status, text } = await send(url, { method: "POST", path: "/api/v1/scim-sources", body }, headers);
  if (status !== 200) return {};
  return { authorization: `Bearer ${(JSON.parse(text) as { secret: string }).secret}` };
}

interface SourcesReply {
  sources: { records: number }[];
}

/**
 * @param url of a server with data that may be spoiled: what is sent is ingested, and decided.
 * @param token of ROLLCALL_FUZZ_TOKEN: an API token, or what stands behind /open/ in a sign-in link, once; without it only doors that are shut are tried.
 * @throws {Broken} when the server does not answer, or knows no such token.
 */
export async function httpTarget(url: URL, token: string | undefined): Promise<Target> {
  const headers = await credentials(url, token);
  const signedIn = Object.keys(headers).length > 0;
  const get = (path: string) => send(url, { method: "GET", path, body: null }, headers);
  const json = async <T>(path: string): Promise<T> => {
    const { status, text } = await get(path);
    must(status === 200, `${path} answers with ${status}.`);
    return JSON.parse(text) as T;
  };
  const records = async () =>
    (await json<SourcesReply>("/api/v1/sources")).sources.reduce((sum, source) => sum + source.records, 0);
  const before = signedIn ? await records() : 0;
  const known = signedIn ? idsIn(await json<unknown>("/api/v1/reports/accounts?limit=50")) : [];
  // Of an empty server the sample would become the data; and who signs out sees no more.
  const routes = (await routesOf()).filter(
    ({ path }) => path.at(-1) !== "session" && (before > 0 || path.at(-1) !== "sample"),
  );
  const scim = signedIn ? await scimCredentials(url, headers) : {};
  let accepted = 0;
  return {
    name: "http",
    next(random) {
      const call = callFor(random.pick(routes), random, known);
      return {
        input: { ...call, body: call.body?.toString("base64") ?? null },
        async run() {
          const { status, text } = await send(url, call, call.path.startsWith("/scim/") ? scim : headers);
          // Not implemented is an answer of SCIM's (RFC 7644, 3.12).
          must(
            status === 501 || (status > 0 && status < 500),
            `The answer is ${status}: ${text.slice(0, 500)}`,
          );
          if (status === 200 && call.method === "POST" && call.path.startsWith("/api/v1/ingest")) {
            const told = JSON.parse(text) as {
              records: number;
              accepted: number;
              duplicates: number;
              rejected: number;
            };
            must(
              told.accepted + told.duplicates + told.rejected === told.records,
              `${told.accepted} + ${told.duplicates} + ${told.rejected} is not ${told.records}.`,
            );
            accepted += told.accepted;
          }
        },
      };
    },
    async end() {
      if (!signedIn) return;
      const after = await records();
      // What a file held before the place where it could not be read on is kept, and told by no answer.
      must(after >= before + accepted, `${before} records and ${accepted} more are ${after}.`);
    },
  };
}

/** Texts that are ids or names in an answer. */
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return value.length < 200 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return [...new Set(Object.values(value).flatMap(idsIn))];
}
