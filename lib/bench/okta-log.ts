/**
 * The System Log of an invented tenant, any number of records long: people join, use, change, and leave some of sixty
 * applications over two years. Streamed, so that ten million records need no more memory than ten thousand.
 */
import { Random } from "../sample/random.ts";

const APPLICATIONS = 60;
/** A tenant of a hundred records a person: what a year or two of sign-ins come to. */
const RECORDS_A_PERSON = 100;
const START = Date.parse("2024-01-01T00:00:00Z");
const MONTHS_24 = 730 * 86_400_000;
const CHUNK_BYTES = 1024 * 1024;

const GIVEN =
  "Ada Amir Anika Bilal Clara Darius Elif Farah Gael Hana Ines Jonas Kemal Leila Mira Niels Olga Petra".split(
    " ",
  );
const FAMILY =
  "Abara Bakker Chen Dahl Eaton Falk Ghosh Haddad Ibarra Jensen Kaya Lambert Mori Novak Okafor Patel".split(
    " ",
  );
const DEPARTMENTS =
  "Engineering Finance Legal Marketing People Product Research Sales Security Support".split(" ");
const CITIES = [
  ["Lisbon", "Portugal", "1100", 38.7167, -9.1333],
  ["Dublin", "Ireland", "D02", 53.3498, -6.2603],
  ["Denver", "United States", "80202", 39.7392, -104.9903],
  ["Toronto", "Canada", "M5H", 43.6511, -79.3839],
] as const;
const AGENTS = [
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mac OS X",
    "CHROME",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Windows 10",
    "CHROMIUM_EDGE",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Linux", "FIREFOX"],
] as const;
const FAULTS = [
  "409 Conflict. Errors reported by remote server: A user with this e-mail already exists.",
  "Bad Request. Errors reported by remote server: The attribute department is required.",
  "HTTP 429 Too Many Requests. Errors reported by remote server: rate limit exceeded.",
  "Internal Server Error. Errors reported by remote server: please try again later.",
] as const;

interface Person {
  id: string;
  name: string;
  userName: string;
  department: string;
  city: number;
  agent: number;
  session: string;
  applications: number[];
  left: boolean;
}

interface Statement {
  type: string;
  message: string;
  /** Who acts; null: the system. */
  actor: Person | null;
  /** JSON of the targets, comma-separated; empty: none. */
  targets: string;
  fault?: string | null;
}

const SYSTEM =
  '{"id":"okta.2b1959c8-bcc0-56eb-a589-cfcfb7422f26","type":"SystemPrincipal","alternateId":"system@okta.com","displayName":"Okta System","detailEntry":null}';

const entity = (
  type: string,
  id: string,
  alternateId: string,
  displayName: string,
  more = '"detailEntry":null',
) => `{"id":"${id}","type":"${type}","alternateId":"${alternateId}","displayName":"${displayName}",${more}}`;

/** A tenant that writes its log. @param records how many there will be: its size and pace follow from it. */
class Tenant {
  private readonly random: Random;
  private readonly people: Person[] = [];
  private readonly waiting: number;
  private readonly applications: { id: string; name: string; entity: string }[] = [];
  private readonly step: number;
  private at = START;
  private made = 0;
  readonly lines: string[] = [];

  constructor(records: number, seed: number) {
    this.random = new Random(seed, "bench");
    this.waiting = Math.max(Math.floor(records / RECORDS_A_PERSON), 10);
    this.step = MONTHS_24 / records;
    for (let i = 0; i < APPLICATIONS; i++) {
      const id = this.random.oktaId("0oa");
      const name = `Application ${String(i + 1).padStart(2, "0")}`;
      this.applications.push({ id, name, entity: entity("AppInstance", id, name, name) });
    }
  }

  /** Lets the next thing happen. @param share of the log that is written. */
  next(share: number): void {
    const { random } = this;
    // Most have joined in the first months; people come all the time.
    const due = this.waiting * Math.min(1, 0.6 + share * 0.4) * Math.min(1, share * 20 + 0.01);
    if (this.made < due) this.join();
    else this.happen(random.pick(this.people));
  }

  private happen(person: Person): void {
    const { random } = this;
    const what = random.next();
    if (person.left) {
      if (what < 0.001) this.signIn(person);
    } else if (what < 0.6) this.signIn(person);
    else if (what < 0.74) this.access(person, "user.session.start", "User login to Okta");
    else if (what < 0.84) this.access(person, "policy.evaluate_sign_on", "Evaluation of sign-on policy");
    else if (what < 0.88)
      this.access(person, "user.authentication.auth_via_mfa", "Authentication of user via MFA");
    else if (what < 0.97) this.push(person);
    else if (what < 0.985) this.group(person);
    else if (what < 0.9975) this.move(person);
    else this.leave(person);
  }

  private join(): void {
    const { random } = this;
    const number = this.made++;
    const given = random.pick(GIVEN);
    const family = random.pick(FAMILY);
    const person: Person = {
      id: random.oktaId("00u"),
      name: `${given} ${family}`,
      userName: `${given}.${family}${number}@larkspur.example`.toLowerCase(),
      department: random.pick(DEPARTMENTS),
      city: random.int(0, CITIES.length - 1),
      agent: random.int(0, AGENTS.length - 1),
      session: random.oktaId("102"),
      applications: [],
      left: false,
    };
    this.people.push(person);
    const user = this.user(person);
    this.say({ type: "user.lifecycle.create", message: "Create Okta user", actor: null, targets: user });
    this.say({ type: "user.lifecycle.activate", message: "Activate Okta user", actor: null, targets: user });
    const count = random.int(4, 10);
    while (person.applications.length < count) {
      // The first applications are everybody's, the last ones few people's.
      const application = Math.floor(random.next() ** 2 * APPLICATIONS);
      if (!person.applications.includes(application)) person.applications.push(application);
    }
    for (const application of person.applications) {
      const targets = this.accountTargets(person, application);
      this.say({
        type: "application.user_membership.add",
        message: "Add user to application membership",
        actor: null,
        targets,
      });
      this.say({
        type: "application.provision.user.push",
        message: "Push new user to external application",
        actor: null,
        targets,
      });
    }
  }

  private leave(person: Person): void {
    person.left = true;
    const user = this.user(person);
    this.say({
      type: "user.lifecycle.deactivate",
      message: "Deactivate Okta user",
      actor: null,
      targets: user,
    });
    for (const application of person.applications) {
      const targets = this.accountTargets(person, application);
      const fault = this.random.chance(0.05) ? this.random.pick(FAULTS) : null;
      this.say({
        type: "application.provision.user.deactivate",
        message: "Deactivate user's external application account",
        actor: null,
        targets,
        fault,
      });
    }
  }

  private signIn(person: Person): void {
    const application = this.random.pick(person.applications);
    const targets = `${this.applications[application]?.entity},${this.account(person, application)}`;
    this.say({
      type: "user.authentication.sso",
      message: "User single sign on to app",
      actor: person,
      targets,
    });
  }

  private access(person: Person, type: string, message: string): void {
    this.say({ type, message, actor: person, targets: this.user(person) });
  }

  private push(person: Person): void {
    const targets = this.accountTargets(person, this.random.pick(person.applications));
    const fault = this.random.chance(0.03) ? this.random.pick(FAULTS) : null;
    this.say({
      type: "application.provision.user.push_profile",
      message: "Push user's profile to external application",
      actor: null,
      targets,
      fault,
    });
  }

  private group(person: Person): void {
    const { random } = this;
    const application = random.pick(person.applications);
    const name = `Team ${random.int(1, 200)}`;
    const group = entity("UserGroup", `00g${name.replace(" ", "")}AbCdEfGhIjK`.slice(0, 20), "unknown", name);
    const add = random.chance(0.7) ? "add" : "remove";
    this.say({
      type: `group.user_membership.${add}`,
      message: "Change of a group's members",
      actor: null,
      targets: `${this.user(person)},${group}`,
    });
    this.say({
      type: `application.provision.group_membership.${add}`,
      message: "Change of a group's members in an application",
      actor: null,
      targets: `${this.accountTargets(person, application)},${group}`,
    });
  }

  private move(person: Person): void {
    const from = person.department;
    person.department = this.random.pick(DEPARTMENTS);
    const changes = `"detailEntry":null,"changeDetails":{"from":{"department":"${from}"},"to":{"department":"${person.department}"}}`;
    const targets = entity("User", person.id, person.userName, person.name, changes);
    this.say({
      type: "user.account.update_profile",
      message: "Update user profile for Okta",
      actor: null,
      targets,
    });
  }

  private user({ id, userName, name }: Person): string {
    return entity("User", id, userName, name);
  }

  private account({ id, userName, name }: Person, application: number): string {
    return entity("AppUser", `0ua${id.slice(3, 15)}${String(application).padStart(5, "0")}`, userName, name);
  }

  private accountTargets(person: Person, application: number): string {
    return `${this.account(person, application)},${this.applications[application]?.entity},${this.user(person)}`;
  }

  private say({ type, message, actor, targets, fault = null }: Statement): void {
    const { random } = this;
    this.at += this.step * random.next() * 2;
    const published = new Date(this.at).toISOString();
    const request = random.oktaId("aQ");
    const result = fault === null ? (type.startsWith("policy.") ? "ALLOW" : "SUCCESS") : "FAILURE";
    const head = `"displayMessage":"${message}","eventType":"${type}","outcome":{"result":"${result}","reason":${JSON.stringify(fault)}},"published":"${published}"`;
    const tail = `"severity":"${fault === null ? "INFO" : "WARN"}","legacyEventType":"core.${type}","transaction":{"type":"${actor === null ? "JOB" : "WEB"}","id":"${request}","detail":{}},"uuid":"${random.uuid()}","version":"0","target":[${targets}]`;
    this.lines.push(
      actor === null ? this.byJob(head, tail, request) : this.byPerson(actor, head, tail, request, type),
    );
  }

  private byPerson(person: Person, head: string, tail: string, request: string, type: string): string {
    const { random } = this;
    const [agent, os, browser] = AGENTS[person.agent] ?? AGENTS[0];
    const [city, country, postalCode, lat, lon] = CITIES[person.city] ?? CITIES[0];
    const ip = `203.0.${person.id.charCodeAt(5)}.${random.int(1, 254)}`;
    const place = `"geographicalContext":{"city":"${city}","state":"${city}","country":"${country}","postalCode":"${postalCode}","geolocation":{"lat":${lat},"lon":${lon}}}`;
    if (random.chance(0.2)) person.session = random.oktaId("102");
    const device = random.uuid().replaceAll("-", "");
    return `{"actor":${this.user(person)},"client":{"userAgent":{"rawUserAgent":"${agent}","os":"${os}","browser":"${browser}"},"zone":"null","device":"Computer","id":null,"ipAddress":"${ip}",${place}},"device":null,"authenticationContext":{"authenticationProvider":null,"credentialProvider":null,"credentialType":null,"issuer":null,"interface":null,"authenticationStep":0,"rootSessionId":"${person.session}","externalSessionId":"${person.session}"},"securityContext":{"asNumber":64496,"asOrg":"larkspur","isp":"larkspur networks","domain":"larkspur.example","isProxy":false},"debugContext":{"debugData":{"initiationType":"SP_INITIATED","authnRequestId":"${request}","requestId":"${request}","dtHash":"${device}${device}","signOnMode":"SAML 2.0","requestUri":"/app/larkspur/${person.id}/sso/saml","threatSuspected":"false","url":"/app/larkspur/${person.id}/sso/saml?fromHome=true","behaviors":"{New Geo-Location=NEGATIVE, New Device=NEGATIVE, New IP=NEGATIVE, New State=NEGATIVE, New Country=NEGATIVE, Velocity=NEGATIVE}","risk":"{level=LOW}","logOnlySecurityData":"${type}"}},"request":{"ipChain":[{"ip":"${ip}",${place},"version":"V4","source":null}]},${head},${tail}}\n`;
  }

  private byJob(head: string, tail: string, request: string): string {
    const { random } = this;
    return `{"actor":${SYSTEM},"client":{"userAgent":null,"zone":null,"device":null,"id":null,"ipAddress":null,"geographicalContext":null},"device":null,"authenticationContext":{"authenticationProvider":null,"credentialProvider":null,"credentialType":null,"issuer":null,"interface":null,"authenticationStep":0,"rootSessionId":null,"externalSessionId":"trs${request}"},"securityContext":{"asNumber":null,"asOrg":null,"isp":null,"domain":null,"isProxy":null},"debugContext":{"debugData":{"requestId":"${request}","traceId":"${random.uuid()}","jobId":"${random.uuid()}","appname":"provisioning","provisioningOperation":"outbound","queue":"provisioning-jobs","attempt":"1"}},"request":{"ipChain":[]},${head},${tail}}\n`;
  }
}

/**
 * @param records how many, exactly.
 * @param seed the same seed gives the same bytes.
 * @param of so many that there will be in all: these are the first of them.
 * @returns chunks of about a megabyte, one JSON object a line, in order of time.
 */
export function* oktaLog(records: number, seed = 1, of = records): Generator<Buffer> {
  const tenant = new Tenant(of, seed);
  let chunk: string[] = [];
  let length = 0;
  for (let written = 0; written < records; ) {
    tenant.lines.length = 0;
    tenant.next(written / of);
    for (const line of tenant.lines) {
      if (written === records) break;
      chunk.push(line);
      length += line.length;
      written += 1;
    }
    if (length < CHUNK_BYTES) continue;
    yield Buffer.from(chunk.join(""));
    [chunk, length] = [[], 0];
  }
  if (length > 0) yield Buffer.from(chunk.join(""));
}
