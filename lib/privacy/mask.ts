/** A record's normal form with pseudonyms in place of what tells of a person, and back. Pure. */
import { decodeEvents, encodeEvents } from "../../db/log/codec.ts";
import { OWN_SOURCE } from "../../db/log/segment.ts";
import type { LoggedEvent, NormalEvent } from "../ingest/event.ts";
import { eachText } from "./each-text.ts";
import { type Marks, namedIn } from "./marks.ts";
import { maskDecision } from "./mask-decision.ts";
import { namedAgain, type Pseudonyms } from "./pseudonyms.ts";

/** What of a record the log has in words. */
export interface Line {
  source: string;
  refs: readonly (string | null)[];
  /** The events as `encodeEvents` writes them. */
  encoded: string;
}

type Words = RegExp | null;

/** Kept as it is: it names a group of people, and figures are told by it. All other attributes are the person's. */
const OF_MANY = "department";

export class Mask {
  private readonly names: Words;
  private readonly beside: Words;

  /** @param items ids of review items that are about them. */
  constructor(
    private readonly marks: Marks,
    private readonly pseudonyms: Pseudonyms,
    private readonly items: ReadonlySet<string> = new Set(),
  ) {
    this.names = marks.names();
    this.beside = marks.namesBeside();
  }

  private value = <T extends string | null>(value: T): T =>
    (value === null || value.trim() === "" ? value : this.pseudonyms.of(value)) as T;

  private replace<T extends string | null>(text: T, words: Words): T {
    return (
      text === null || words === null ? text : text.replace(words, (found) => this.pseudonyms.of(found))
    ) as T;
  }

  /** A text about something else, in which they may be named. */
  text = (text: string): string => {
    // The key of a review's item (lib/reviews/keys.ts) ends with the account.
    const [, head = "", account = text] = /^(account:[^:]*:)(.+)$/su.exec(text) ?? [];
    if (this.marks.isNamed(account)) return head + this.pseudonyms.of(account);
    return this.replace(text, this.beside);
  };

  /** A ref that stands for them, or one that only looks like it and stays. */
  ref(ref: string): string {
    const named = namedIn(ref);
    if (named === null || !this.marks.isKnown(named)) return ref;
    return ref.slice(0, ref.length - named.length) + this.pseudonyms.of(named);
  }

  private attributes(
    attributes: NormalEvent["attributes"],
    own: boolean,
    words: Words,
  ): NormalEvent["attributes"] {
    if (attributes === null) return null;
    return Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => {
        if (name === OF_MANY) return [name, value];
        if (own && name !== "manager") return [name, this.value(value)];
        return [name, this.marks.isNamed(value) ? this.value(value) : this.replace(value, words)];
      }),
    );
  }

  private event(event: LoggedEvent, ref: string | null): NormalEvent {
    const { id: _id, sourceId: source, ...normal } = event;
    const { marks } = this;
    const own = marks.isTheirs(ref, event.at);
    const words = own ? this.names : this.beside;
    const { person, account, actor, error, credential, entitlement } = normal;
    const acted = marks.isActor(event, source);
    return {
      ...normal,
      nativeId: this.replace(normal.nativeId, words),
      nativeType: this.replace(normal.nativeType, words),
      correlationId: this.replace(normal.correlationId, words),
      person:
        person && marks.isPerson(event, source, ref)
          ? {
              id: this.value(person.id),
              externalId: this.value(person.externalId),
              userName: this.value(person.userName),
              email: this.value(person.email),
              displayName: this.value(person.displayName),
            }
          : person,
      account:
        account && marks.isAccount(event, ref)
          ? {
              id: this.value(account.id),
              userName: this.value(account.userName),
              displayName: this.value(account.displayName),
            }
          : account,
      entitlement: entitlement && { ...entitlement, name: this.replace(entitlement.name, words) },
      credential: credential && {
        ...credential,
        name: own ? this.value(credential.name) : this.replace(credential.name, words),
      },
      actor: actor && {
        ...actor,
        id: acted ? this.value(actor.id) : this.replace(actor.id, words),
        name: acted ? this.value(actor.name) : this.replace(actor.name, words),
      },
      error: error && {
        ...error,
        code: this.replace(error.code, words),
        message: this.replace(error.message, words),
        advice: this.replace(error.advice, words),
      },
      attributes: this.attributes(normal.attributes, own, words),
      attributesBefore: this.attributes(normal.attributesBefore, own, words),
    };
  }

  /**
   * The record with pseudonyms; the same one where nothing in it tells of them.
   * @throws Error when the record could not be made again from it.
   */
  line(line: Line): Line {
    const { source, refs, encoded } = line;
    const events = decodeEvents(encoded, "", source);
    const masked = events.map((event, i) =>
      source === OWN_SOURCE ? this.decision(event) : this.event(event, refs[i] ?? null),
    );
    const about = (i: number) =>
      source === OWN_SOURCE
        ? masked[i]?.account?.id !== events[i]?.account?.id
        : this.marks.isTheirs(refs[i] ?? null, (events[i] as LoggedEvent).at);
    return {
      source,
      refs: refs.map((ref, i) => (ref !== null && about(i) ? this.ref(ref) : ref)),
      encoded: encodeEvents(masked),
    };
  }

  private decision(event: LoggedEvent): NormalEvent {
    const { id: _id, sourceId: _source, ...normal } = event;
    const { value, text } = this;
    return maskDecision(normal, {
      isAbout: (item) => this.items.has(item),
      value,
      text: (words) => this.replace(text(words), this.names),
      beside: text,
      ref: (ref) => this.ref(ref),
    });
  }
}

const change = (text: string, source: string, originals: ReadonlyMap<string, string>): string => {
  // A decision stands in its event as JSON of its own.
  if (source === OWN_SOURCE && text.startsWith("{"))
    return JSON.stringify(eachText(JSON.parse(text), (inner) => namedAgain(inner, originals)));
  return namedAgain(text, originals);
};

/** What {@link Mask.line} was given. @param originals what each pseudonym stands for. */
export function unmaskedLine({ source, refs, encoded }: Line, originals: ReadonlyMap<string, string>): Line {
  const again = (text: string) => change(text, source, originals);
  return {
    source,
    refs: refs.map((ref) => ref && namedAgain(ref, originals)),
    encoded: JSON.stringify(eachText(JSON.parse(encoded), again)),
  };
}
