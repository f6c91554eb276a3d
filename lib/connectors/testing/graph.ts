/** Microsoft Graph's reports as its documentation has them, with the token endpoint of Entra, and their awkward manners. */
import { randomUUID } from "node:crypto";
import { importX509, jwtVerify } from "jose";
import { graphRecord } from "../../ingest/adapters/entra/fixtures.ts";
import { SIGN_IN } from "../../ingest/adapters/entra-sign-ins/fixtures.ts";
import { type Answer, type Call, type VendorServer, vendorServer } from "./vendor.ts";

export const GRAPH_SECRET = "secret~of.the-test";

interface Timed {
  id: string;
  [member: string]: unknown;
}

export interface FakeGraph extends VendorServer {
  provisioning: Timed[];
  signIns: Timed[];
  servicePrincipals: { id: string; displayName: string }[];
  /** By the service principal's id. */
  jobs: Map<string, unknown[]>;
  pageSize: number;
  /** Links given until now are not taken any more. */
  expireLinks(): void;
  expireTokens(): void;
  addProvisioning(count: number, at: number): void;
  addSignIns(count: number, at: number): void;
}

const error = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers,
  body: { error: { code, message, innerError: { date: new Date().toISOString() } } },
});

const unauthorized = error(
  401,
  "InvalidAuthenticationToken",
  "Lifetime validation failed, the token is expired.",
);

/** @param certificate of a client that proves itself by it, as PEM. */
export async function fakeGraph(certificate: string | null = null): Promise<FakeGraph> {
  let tokens = new Set<string>();
  let generation = 0;

  async function token({ body, url }: Call): Promise<Answer> {
    const form = new URLSearchParams(body);
    const refused = {
      status: 401,
      body: { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret provided." },
    };
    if (
      url.pathname !== "/larkspur.example/oauth2/v2.0/token" ||
      form.get("scope") !== `${graph.url}/.default`
    )
      return {
        status: 400,
        body: { error: "invalid_request", error_description: "AADSTS90002: Tenant not found." },
      };
    if (certificate === null) {
      if (form.get("client_secret") !== GRAPH_SECRET) return refused;
    } else {
      try {
        const key = await importX509(certificate, "PS256");
        const { protectedHeader } = await jwtVerify(form.get("client_assertion") ?? "", key, {
          issuer: "client",
          subject: "client",
          audience: url.href,
        });
        if (typeof protectedHeader["x5t#S256"] !== "string") return refused;
      } catch {
        return refused;
      }
    }
    const access_token = randomUUID();
    tokens.add(access_token);
    return { status: 200, body: { token_type: "Bearer", expires_in: 3599, access_token } };
  }

  /** A filter's bounds of time: `x gt a and x lt b`. */
  function within(filter: string, records: readonly Timed[], field: string): Timed[] {
    const bounds = [...filter.matchAll(/(\w+) (gt|lt|ge|le) (\S+)/gu)];
    return records.filter((record) =>
      bounds.every(([, name, by, bound = ""]) => {
        if (name !== field) throw new Error(`no filter by ${name}`);
        const [at, limit] = [Date.parse(String(record[field])), Date.parse(bound)];
        return by === "gt" ? at > limit : by === "lt" ? at < limit : by === "ge" ? at >= limit : at <= limit;
      }),
    );
  }

  function page({ url }: Call, records: readonly unknown[]): Answer {
    const skip = url.searchParams.get("$skiptoken")?.split("_") ?? [];
    if (skip.length > 0 && Number(skip[0]) !== generation)
      return error(400, "BadRequest", "Skip token is invalid or has expired.");
    const begin = Number(skip[1] ?? 0);
    // Every page is shorter than what was asked for, and the second is empty with a link to more.
    const hollow = begin === graph.pageSize && skip[2] === undefined;
    const end = hollow ? begin : begin + graph.pageSize;
    const next = new URL(url);
    next.searchParams.set("$skiptoken", `${generation}_${end}${hollow ? "_" : ""}`);
    return {
      status: 200,
      body: {
        "@odata.context": `${graph.url}/v1.0/$metadata`,
        ...(end < records.length ? { "@odata.nextLink": next.href } : {}),
        value: records.slice(begin, end),
      },
    };
  }

  async function answer(call: Call): Promise<Answer> {
    const { pathname, searchParams } = call.url;
    if (pathname.endsWith("/token")) return token(call);
    if (!tokens.has((call.headers.authorization ?? "").replace(/^Bearer /u, ""))) return unauthorized;
    const filter = searchParams.get("$filter") ?? "";
    if (pathname === "/v1.0/auditLogs/provisioning")
      return page(call, within(filter, graph.provisioning, "activityDateTime"));
    if (pathname === "/v1.0/auditLogs/signIns")
      return page(call, within(filter, graph.signIns, "createdDateTime"));
    if (pathname === "/v1.0/servicePrincipals") return page(call, graph.servicePrincipals);
    const [, id = ""] = /^\/v1\.0\/servicePrincipals\/([\w-]+)\/synchronization\/jobs$/u.exec(pathname) ?? [];
    const jobs = graph.jobs.get(id);
    return jobs === undefined
      ? error(404, "Request_ResourceNotFound", "Resource does not exist.")
      : page(call, jobs);
  }

  const server = await vendorServer(answer, {
    limited: () => error(429, "TooManyRequests", "Too many requests", { "retry-after": "1" }),
    refused: unauthorized,
  });
  const graph: FakeGraph = Object.assign(server, {
    provisioning: [] as Timed[],
    signIns: [] as Timed[],
    servicePrincipals: [] as { id: string; displayName: string }[],
    jobs: new Map<string, unknown[]>(),
    pageSize: 1_000,
    expireLinks() {
      generation++;
    },
    expireTokens() {
      tokens = new Set();
    },
    addProvisioning(count: number, at: number) {
      for (let i = 0; i < count; i++)
        graph.provisioning.unshift({
          ...graphRecord({}),
          id: randomUUID(),
          activityDateTime: new Date(at + i * 1000).toISOString(),
        });
    },
    addSignIns(count: number, at: number) {
      for (let i = 0; i < count; i++)
        graph.signIns.unshift({
          ...SIGN_IN,
          id: randomUUID(),
          createdDateTime: new Date(at + i * 1000).toISOString(),
        });
    },
  });
  return graph;
}
