/** The circumstances that every Okta record carries: client, place, network, transaction. */
import { Random } from "../random.ts";

const PLACES = [
  {
    city: "Lisbon",
    state: "Lisbon",
    country: "Portugal",
    postalCode: "1100",
    geolocation: { lat: 38.7167, lon: -9.1333 },
  },
  {
    city: "Dublin",
    state: "Leinster",
    country: "Ireland",
    postalCode: "D02",
    geolocation: { lat: 53.3498, lon: -6.2603 },
  },
  {
    city: "Denver",
    state: "Colorado",
    country: "United States",
    postalCode: "80202",
    geolocation: { lat: 39.7392, lon: -104.9903 },
  },
  {
    city: "Toronto",
    state: "Ontario",
    country: "Canada",
    postalCode: "M5H",
    geolocation: { lat: 43.6511, lon: -79.3839 },
  },
];

const AGENTS = [
  {
    rawUserAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    os: "Mac OS X",
    browser: "CHROME",
  },
  {
    rawUserAgent:
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    os: "Windows 10",
    browser: "CHROMIUM_EDGE",
  },
  {
    rawUserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
    os: "Linux",
    browser: "FIREFOX",
  },
];

export interface Circumstance {
  client: object;
  authenticationContext: object;
  securityContext: object;
  debugContext: object;
  request: object;
  transactionType: "WEB" | "JOB";
  requestId: string;
}

function authentication(session: string): object {
  return {
    authenticationProvider: null,
    credentialProvider: null,
    credentialType: null,
    issuer: null,
    interface: null,
    authenticationStep: 0,
    rootSessionId: session,
    externalSessionId: session,
  };
}

/** Where and how it was done: by a person at a browser, or by a job of Okta's own. */
export function circumstanceOf(byPerson: boolean, actorId: string, random: Random): Circumstance {
  const requestId = random.oktaId("aQ");
  if (!byPerson) {
    return {
      client: {
        userAgent: null,
        zone: null,
        device: null,
        id: null,
        ipAddress: null,
        geographicalContext: null,
      },
      authenticationContext: authentication(random.oktaId("trs")),
      securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
      debugContext: { debugData: { jobId: requestId } },
      request: { ipChain: [] },
      transactionType: "JOB",
      requestId,
    };
  }
  // A person keeps one desk: one place, one browser, one address.
  const desk = new Random(11, actorId);
  const geographicalContext = desk.pick(PLACES);
  const userAgent = desk.pick(AGENTS);
  const ip = `203.0.113.${desk.int(1, 254)}`;
  return {
    client: { userAgent, zone: "null", device: "Computer", id: null, ipAddress: ip, geographicalContext },
    authenticationContext: authentication(random.oktaId("idx")),
    securityContext: {
      asNumber: 64500,
      asOrg: "larkspur labs",
      isp: "larkspur labs",
      domain: ".",
      isProxy: false,
    },
    debugContext: {
      debugData: {
        requestId,
        dtHash: random.uuid().replaceAll("-", ""),
        requestUri: "/api/v1/authn",
        threatSuspected: "false",
        url: "/api/v1/authn?",
      },
    },
    request: { ipChain: [{ ip, geographicalContext, version: "V4", source: null }] },
    transactionType: "WEB",
    requestId,
  };
}
