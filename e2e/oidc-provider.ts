/** A real OpenID provider on this machine, with people whom a test can change. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

interface Person {
  name: string;
  email: string;
  email_verified: boolean;
  groups: string[];
}

export interface TestProvider {
  issuer: string;
  /** By the name with which they sign in there. Whoever is taken out of it is gone at the provider. */
  people: Map<string, Person>;
  /** Requests that the authorization endpoint got. */
  asked: URL[];
  stop(): Promise<void>;
}

export const CLIENT = { id: "rollcall", secret: "a secret of the test's client" };

/** @param rollcall the address of the Rollcall that people sign in to. */
export async function startProvider(rollcall: string): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  const asked: URL[] = [];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${rollcall}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [rollcall],
        grant_types: ["authorization_code", "refresh_token"],
        backchannel_logout_uri: `${rollcall}/api/auth/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: {
      openid: ["sub", "sid"],
      profile: ["name"],
      email: ["email", "email_verified"],
      groups: ["groups"],
    },
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
    pkce: { methods: ["S256"], required: () => true },
    cookies: { keys: ["a key of the test's cookies"] },
    findAccount: async (_context, id) => {
      const person = people.get(id);
      return person && { accountId: id, claims: async () => ({ sub: id, ...person }) };
    },
  });
  const handle = provider.callback();
  server.on("request", (request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    if (url.pathname === "/auth") asked.push(url);
    void handle(request, response);
  });
  return {
    issuer,
    people,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
