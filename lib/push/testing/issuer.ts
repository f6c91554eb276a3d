/** Who issues Security Event Tokens, for tests: keys, their address on this machine, and tokens signed with them. */
import { exportJWK, generateKeyPair, type JWK, type KeyLike, SignJWT } from "jose";
import { type VendorServer, vendorServer } from "../../connectors/testing/vendor.ts";
import { type Data, token } from "../../ingest/adapters/set/fixtures.ts";
import type { Issuer } from "../verify-set.ts";

const ISS = "https://chat.larkspur.example";
export const AUD = "https://rollcall.larkspur.example";

export interface TestIssuer extends VendorServer {
  /** What a source that trusts it is set to. */
  settings: Issuer;
  /** Puts another key in the place of those that there are. */
  rotate(): Promise<void>;
  sign(claims: Data, header?: { kid?: string; typ?: string }): Promise<string>;
}

/** Its host must be named in ROLLCALL_ALLOW_HOSTS. */
export async function testIssuer(): Promise<TestIssuer> {
  let key: KeyLike;
  let kid = 0;
  let keys: JWK[] = [];
  const rotate = async () => {
    const pair = await generateKeyPair("ES256");
    key = pair.privateKey;
    kid++;
    keys = [{ ...(await exportJWK(pair.publicKey)), kid: `key-${kid}`, alg: "ES256", use: "sig" }];
  };
  await rotate();
  const error = { status: 503, body: { message: "not now" } };
  const server = await vendorServer(() => ({ status: 200, body: { keys } }), {
    limited: () => error,
    refused: error,
  });
  return Object.assign(server, {
    settings: { issuer: ISS, audience: AUD, jwksUrl: `${server.url}/keys` },
    rotate,
    sign: (claims: Data, { kid: named = `key-${kid}`, typ = "secevent+jwt" } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: named, typ }).sign(key),
  });
}

/** The payload of a token that tells of one account. */
export const setOf = (jti: string, differs: Data = {}): Data =>
  token({ "prov:deactivate": {} }, { iss: ISS, aud: [AUD], jti, ...differs });
