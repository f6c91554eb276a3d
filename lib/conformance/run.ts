/** What the checks of one run share: the service's own word, one person to ask for, and what was made there. */
import { setTimeout as delay } from "node:timers/promises";
import { eq, pathOf } from "../scim/find.ts";
import { ENTERPRISE, type Identity, MARKED_GROUP, MARKED_USER, userBody } from "./identity.ts";
import type { People } from "./people.ts";
import { type Ask, type Exchange, NotTried, type Probe } from "./probe.ts";
import { bodyOf, idOf, isJson, isNamed, isOk, type Json, resourcesOf } from "./shapes.ts";

/** Characters of an id. The longest that are usual have a tenth. */
const MOST_ID = 400;

export type MadeType = "User" | "Group";
export interface Made {
  type: MadeType;
  id: string;
}

/** A resource that lives at the application, of which nothing is told. */
export interface Somebody {
  id: string;
  userName: string;
  resource: Json;
}

/** Enough to find a user of each kind, few enough for any service. */
const LOOKED_AT = "20";

/** What the checks change: the test user and group, and the user of those that ask twice. */
export type Slot = MadeType | "Twin";

export const endpointOf = (type: MadeType): "Users" | "Groups" => (type === "User" ? "Users" : "Groups");

/** Features of ServiceProviderConfig. */
export type Feature = "patch" | "bulk" | "filter" | "sort" | "etag";

export class Run {
  /** What was made and is not known to be gone, in the order in which it was made. */
  readonly made: Made[] = [];
  /** The answer to the making of the test user; null before. */
  creation: Exchange | null = null;
  private readonly slots = new Map<Slot, string>();

  constructor(
    readonly probe: Probe,
    readonly people: People,
    readonly identity: Identity,
  ) {}

  ask(asked: Ask): Promise<Exchange> {
    return this.probe.ask(asked);
  }

  /** Tells once more of a question that was put before. */
  recall(exchange: Exchange): Exchange {
    this.probe.note(exchange);
    return exchange;
  }

  look(path: string, query: Readonly<Record<string, string>> = {}, open = false): Promise<Exchange> {
    return this.probe.look({ method: "GET", path, query, open });
  }

  readonly config = (): Promise<Exchange> => this.look("/ServiceProviderConfig", {}, true);
  readonly types = (): Promise<Exchange> => this.look("/ResourceTypes", {}, true);
  readonly schemas = (): Promise<Exchange> => this.look("/Schemas", {}, true);
  readonly users = (): Promise<Exchange> => this.look("/Users", { count: LOOKED_AT });
  readonly groups = (): Promise<Exchange> =>
    this.look("/Groups", { count: LOOKED_AT, excludedAttributes: "members" });

  /** What is asked of somebody who lives there. */
  readonly byId = async ({ id }: Somebody, query: Readonly<Record<string, string>> = {}): Promise<Exchange> =>
    this.probe.look({ method: "GET", path: "/Users/{id}", query, hidden: { id } });

  readonly usersBy = (filter: string, hidden: Readonly<Record<string, string>>): Promise<Exchange> =>
    this.ask({ method: "GET", path: "/Users", query: { filter, count: LOOKED_AT }, hidden });

  /** What the service says of itself, where it is no part of what is told of a check. */
  private quiet(path: string): Promise<Exchange> {
    return this.probe.look({ method: "GET", path, query: {}, open: true }, true);
  }

  /** How many users there are, and the first of them; likewise. */
  readonly quietUsers = (): Promise<Exchange> =>
    this.probe.look({ method: "GET", path: "/Users", query: { count: LOOKED_AT }, open: false }, true);

  /** Whether the service says that it has a feature; null: it does not say. */
  async announces(feature: Feature): Promise<boolean | null> {
    const told = bodyOf(await this.quiet("/ServiceProviderConfig"))[feature];
    return isJson(told) && typeof told.supported === "boolean" ? told.supported : null;
  }

  /** @throws {NotTried} where the service says that it has no such feature; `unless` it says that it has, for features few have. */
  async requireFeature(feature: Feature, unless: "denied" | "announced"): Promise<void> {
    const told = await this.announces(feature);
    if (told === true || (told === null && unless === "denied")) return;
    throw new NotTried("not-applicable", `The service does not announce "${feature}".`);
  }

  /** What RFC 9865 §4 has a service say of its pages; empty where it says nothing. */
  async pagination(): Promise<Json> {
    const { pagination } = bodyOf(await this.quiet("/ServiceProviderConfig"));
    return isJson(pagination) ? pagination : {};
  }

  /** @throws {NotTried} where the service says that it has no pages by index, as it may (RFC 9865 §2.3). */
  async requireIndex(): Promise<void> {
    if ((await this.pagination()).index === false)
      throw new NotTried("not-applicable", "The service announces no pages by index (RFC 9865).");
  }

  /** Resource types by their name; null where they can't be read. */
  async typeNamed(name: MadeType): Promise<Json | null> {
    return (
      resourcesOf(await this.quiet("/ResourceTypes")).find((one) => one.name === name || one.id === name) ??
      null
    );
  }

  /** @throws {NotTried} where the service has no groups. */
  async requireGroups(): Promise<void> {
    if ((await this.typeNamed("Group")) !== null) return;
    const { status } = await this.groups();
    if (status === 404 || status === 501 || resourcesOf(await this.quiet("/ResourceTypes")).length > 0)
      throw new NotTried("not-applicable", "The service has no groups.");
  }

  async hasEnterprise(): Promise<boolean> {
    const extensions = (await this.typeNamed("User"))?.schemaExtensions;
    const known = Array.isArray(extensions) ? extensions.filter(isJson) : [];
    return known.some(({ schema }) => schema === ENTERPRISE);
  }

  /** @throws {NotTried} where the service does not know the enterprise extension. */
  async requireEnterprise(): Promise<void> {
    if (await this.hasEnterprise()) return;
    throw new NotTried("not-applicable", "The service does not announce the enterprise extension.");
  }

  /**
   * Somebody who lives there.
   * @param list in which they are looked for; by default it is no part of what is told.
   * @throws {NotTried} where nobody does.
   */
  async somebody(list?: Exchange): Promise<Somebody> {
    for (const resource of resourcesOf(list ?? (await this.quietUsers()))) {
      const id = idOf(resource);
      const { userName } = resource;
      if (id !== null && id !== "." && id !== ".." && typeof userName === "string" && userName.length > 2)
        return { id, userName, resource };
    }
    throw new NotTried("not-applicable", "No user could be read who could be asked for.");
  }

  /** Whether a resource has the marks of this run: nothing else is ever changed. */
  private isMarked(resource: Json): boolean {
    const { userName, displayName, externalId } = resource;
    const starts = (value: unknown, mark: string) =>
      typeof value === "string" && value.toLowerCase().startsWith(mark.toLowerCase());
    const { groupName: mark } = this.identity;
    if (typeof userName === "string") return starts(userName, mark) && MARKED_USER.test(userName);
    if (starts(externalId, this.identity.externalId)) return true;
    return starts(displayName, mark) && MARKED_GROUP.test(String(displayName));
  }

  /**
   * Takes what an answer says to have been made for this run's own, so that it is taken away again. What does not have the
   * run's marks when it is read is somebody's, whatever the answer says.
   */
  async adopt(type: MadeType, id: string, resource: Json = {}): Promise<Made | null> {
    const known = this.made.find((one) => one.type === type && one.id === id);
    if (known !== undefined) return known;
    if (id === "." || id === ".." || id.length > MOST_ID) return null;
    if (!this.isMarked(resource)) {
      const read = await this.ask({ method: "GET", path: `/${endpointOf(type)}/{id}`, hidden: { id } });
      if (!isOk(read) || !this.isMarked(bodyOf(read))) return null;
    }
    this.people.isOwn(id);
    const made = { type, id };
    this.made.push(made);
    return made;
  }

  /** Makes one, and notes it. @returns the answer, and what was made; null where nothing was. */
  async create(
    type: MadeType,
    body: unknown,
    text?: string,
  ): Promise<{ answer: Exchange; made: Made | null }> {
    const path = `/${endpointOf(type)}`;
    const answer = await this.ask({ method: "POST", path, ...(text === undefined ? { body } : { text }) });
    if (!isOk(answer)) return { answer, made: null };
    const id = idOf(bodyOf(answer));
    const made = id === null ? null : await this.adopt(type, id, bodyOf(answer));
    if (made === null) await this.find(type, body);
    return { answer, made };
  }

  /** Looks for what was made by an answer that did not tell its id. */
  private async find(type: MadeType, body: unknown): Promise<void> {
    const attribute = type === "User" ? "userName" : "displayName";
    const name = isJson(body) ? body[attribute] : null;
    if (typeof name !== "string") return;
    const query = { filter: eq(attribute, name) };
    const list = await this.ask({ method: "GET", path: `/${endpointOf(type)}`, query });
    for (const one of resourcesOf(list)) {
      const id = idOf(one);
      if (id !== null && this.isMarked(one)) await this.adopt(type, id, one);
    }
  }

  /** What is made becomes what the checks that follow change. */
  fill(slot: Slot, made: Made | null): void {
    if (made === null) this.slots.delete(slot);
    else this.slots.set(slot, made.id);
  }

  /** Id of what the checks change. @throws {NotTried} where none could be made. */
  tested(slot: Slot = "User"): string {
    const id = this.slots.get(slot);
    if (id !== undefined) return id;
    throw new NotTried("not-tried", `No test ${slot === "Group" ? "group" : "user"} is there.`);
  }

  /** @throws {NotTried} where the test user was never made, or is still there. */
  requireGone(): void {
    if (this.creation === null || !isOk(this.creation))
      throw new NotTried("not-tried", "No test user was made.");
    if (this.slots.has("User")) throw new NotTried("not-tried", "The test user is still there.");
  }

  read(id: string, type: MadeType = "User", query: Readonly<Record<string, string>> = {}): Promise<Exchange> {
    return this.ask({ method: "GET", path: pathOf(endpointOf(type), id), query });
  }

  /** Changes what this run has made. */
  change(
    method: "PUT" | "PATCH" | "DELETE",
    type: MadeType,
    id: string,
    body?: unknown,
    version: string | null = null,
  ): Promise<Exchange> {
    if (!this.made.some((one) => one.type === type && one.id === id))
      throw new NotTried("not-tried", "Only what the check has made itself is changed.");
    return this.ask({
      method,
      path: pathOf(endpointOf(type), id),
      version,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Some services show a change a moment later to lists: asked again once. */
  async listed(filter: string): Promise<Exchange> {
    const asked: Ask = { method: "GET", path: "/Users", query: { filter } };
    const first = await this.ask(asked);
    const isThere = resourcesOf(first).some((one) => isNamed(one, this.identity.userName));
    if (isThere || !isOk(first)) return first;
    await delay(1_000);
    return this.ask(asked);
  }

  readonly userBody = (more: Readonly<Record<string, unknown>> = {}) => userBody(this.identity, more);

  /** Takes away what bears the marks of an earlier run (lib/conformance/clean-up.ts). */
  removeLeftBehind(type: MadeType, id: string): Promise<Exchange> {
    return this.ask({ method: "DELETE", path: pathOf(endpointOf(type), id) });
  }

  /** Says that something is gone. */
  isGone(type: MadeType, id: string): void {
    const at = this.made.findIndex((one) => one.type === type && one.id === id);
    if (at !== -1) this.made.splice(at, 1);
  }
}
