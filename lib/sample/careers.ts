/** The cast: who works at Larkspur Labs and at Fernhill, the subsidiary it bought, and what becomes of each in the year. */
import { DAY, HOUR, type Instant, type Span } from "./calendar.ts";
import { NameBook } from "./names.ts";
import { makePerson, makeServices } from "./people.ts";
import type { Person, Plan } from "./plan.ts";
import type { Random } from "./random.ts";
import {
  type ChangeStory,
  ENTRA_EXITS,
  ENTRA_JOINERS,
  type ExitKind,
  type ExitStory,
  OKTA_EXITS,
  OKTA_JOINERS,
  OKTA_MOVERS,
} from "./stories.ts";
import type { Trouble } from "./story/delivery.ts";

export interface Career {
  person: Person;
  movedAt: Instant | null;
  /** A leave of absence: suspended, and back again. */
  absence: Span | null;
  exit: { kind: ExitKind; at: Instant } | null;
  /** Applications that the story needs the person to have. */
  needs: string[];
  /** What the person's changes meet, by application and action. */
  troubles: Record<string, Trouble>;
}

interface Shape {
  exits: ExitStory[];
  joiners: ChangeStory[];
  movers: ChangeStory[];
  /** How many of each at scale 1, the stories included. */
  leave: number;
  join: number;
  move: number;
  absent: number;
}

const OKTA: Shape = {
  exits: OKTA_EXITS,
  joiners: OKTA_JOINERS,
  movers: OKTA_MOVERS,
  leave: 95,
  join: 150,
  move: 110,
  absent: 8,
};

const ENTRA: Shape = {
  exits: ENTRA_EXITS,
  joiners: ENTRA_JOINERS,
  movers: [],
  leave: 28,
  join: 30,
  move: 40,
  absent: 0,
};

function still(person: Person): Career {
  return { person, movedAt: null, absence: null, exit: null, needs: [], troubles: {} };
}

function moment(plan: Plan, random: Random, [youngest, oldest]: readonly [number, number]): Instant {
  const { calendar } = plan;
  // Within the last day no working hours may be free, and the story is that it happened just now.
  const pick = youngest < 1 ? calendar.between : calendar.atWork;
  return pick.call(calendar, random, calendar.ago(oldest), calendar.ago(youngest));
}

/** Each story as often as the scale has it, then ordinary ones up to the count; of those at least four at any scale. */
function casting<S extends { count: number }>(
  plan: Plan,
  stories: S[],
  count: number,
  ordinary: () => S,
): S[] {
  const cast = stories.flatMap((story) => Array.from({ length: plan.scaled(story.count, 1) }, () => story));
  for (let left = Math.max(4, plan.scaled(count, 0) - cast.length); left > 0; left--) cast.push(ordinary());
  return cast;
}

/** Gives each of these people a year. */
function careersOf(plan: Plan, people: Person[], shape: Shape, random: Random): Career[] {
  const { calendar } = plan;
  const careers = people.map(still);
  const queue = [...careers];
  const recentOrNot = (): [number, number] => [2, random.chance(0.4) ? 88 : 335];
  const prompt = (): ExitStory => ({ kind: "prompt", count: 1, days: recentOrNot(), needs: [] });
  const plain = (): ChangeStory => ({ count: 1, days: recentOrNot(), needs: [], troubles: {} });

  for (const { kind, days, needs } of casting(plan, shape.exits, shape.leave, prompt)) {
    const career = queue.shift();
    if (career === undefined) break;
    career.exit = { kind, at: moment(plan, random, days) };
    career.needs = needs;
    // A fifth came and went within the year; the others were there before the records begin.
    if (kind === "prompt" && career.exit.at - calendar.start > 90 * DAY && random.chance(0.2)) {
      career.person.joinedAt = calendar.atWork(random, calendar.start + 15 * DAY, career.exit.at - 60 * DAY);
      career.person.title = "Contractor";
    }
  }
  for (const { days, needs, troubles } of casting(plan, shape.joiners, shape.join, plain)) {
    const career = queue.shift();
    if (career === undefined) break;
    Object.assign(career, { needs, troubles });
    career.person.joinedAt = moment(plan, random, days);
  }
  for (const { days, needs, troubles } of casting(plan, shape.movers, shape.move, plain)) {
    const career = queue.shift();
    if (career === undefined) break;
    Object.assign(career, { needs, troubles, movedAt: moment(plan, random, days) });
  }
  for (let i = plan.scaled(shape.absent, Math.min(shape.absent, 2)); i > 0; i--) {
    const career = queue.shift();
    if (career === undefined) break;
    const from = moment(plan, random, [75, 340]);
    career.absence = { from, to: from + random.int(15, 60) * DAY + random.int(1, 5) * HOUR };
  }
  return careers;
}

/** An address that its second holder gets when the first has long left: two people, one name. */
function reuseAddress(plan: Plan, careers: Career[]): void {
  const old = plan.calendar.ago(60);
  const first = careers.find(
    ({ person, exit }) => exit?.kind === "prompt" && exit.at < old && person.entraId === null,
  );
  const second = careers.findLast(({ person, exit }) => person.joinedAt !== null && exit === null);
  if (first === undefined || second === undefined) return;
  const { givenName, familyName, displayName, userName } = first.person;
  Object.assign(second.person, { givenName, familyName, displayName, userName, workosEmail: userName });
  second.person.joinedAt = plan.calendar.clear(plan.calendar.ago(33.4));
  plan.planted.push({ story: "An address given to a second person", userName, application: null });
}

/** Casts everybody, and says what becomes of each. */
export function castPeople(plan: Plan): Career[] {
  const names = new NameBook(plan.random.fork("names"));
  const both = plan.scaled(12, 3);
  const staff = plan.scaled(900, 90);
  const okta = Array.from({ length: staff }, (_, i) =>
    makePerson(plan, names.next(), "larkspur.example", i >= staff - both ? "both" : "okta"),
  );
  const entra = Array.from({ length: plan.scaled(300, 30) }, () =>
    makePerson(plan, names.next(), "fernhill.larkspur.example", "entra"),
  );
  const oktaCareers = careersOf(plan, okta, OKTA, plan.random.fork("okta careers"));
  const entraCareers = careersOf(plan, entra, ENTRA, plan.random.fork("entra careers"));
  const shared = oktaCareers.at(-1);
  if (shared !== undefined) {
    shared.exit = { kind: "prompt", at: plan.calendar.clear(plan.calendar.ago(47.3)) };
    const { userName } = shared.person;
    plan.planted.push({ story: "Left in Okta and in Entra", userName, application: null });
  }
  reuseAddress(plan, oktaCareers);
  return [...oktaCareers, ...entraCareers, ...makeServices(plan).map(still)];
}
