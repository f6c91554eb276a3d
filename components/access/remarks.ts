/** What of the state of members and tokens is worth a question, counted for the page's sentence. */
import { plural } from "../format/number.ts";
import { type MemberState, SOON_DAYS, type TokenState, UNUSED_DAYS } from "./states.ts";

export interface Remark {
  /** The section that has the rows. */
  to: "members" | "tokens";
  /** How many of what: `1 person`. */
  count: string;
  /** What is so with them. */
  says: string;
}

/** The remarks that have somebody or something to name. */
export function remarks(members: readonly MemberState[], tokens: readonly TokenState[]): Remark[] {
  const has = (count: number) => (count === 1 ? "has" : "have");
  const people = (state: MemberState) => members.filter((one) => one === state).length;
  const programs = (state: TokenState) => tokens.filter((one) => one === state).length;
  const away = people("away");
  const invited = people("invited");
  const unused = programs("unused");
  const all: (Remark & { of: number })[] = [
    {
      of: away,
      to: "members",
      count: plural(away, "person", "people"),
      says: `${has(away)} not been here for ${UNUSED_DAYS} days`,
    },
    {
      of: invited,
      to: "members",
      count: plural(invited, "person", "people"),
      says: `${has(invited)} never come in`,
    },
    {
      of: people("ends-soon"),
      to: "members",
      count: plural(people("ends-soon"), "person's access", "people's access"),
      says: `ends within ${SOON_DAYS} days`,
    },
    {
      of: unused,
      to: "tokens",
      count: plural(unused, "token"),
      says: `${has(unused)} not been used for ${UNUSED_DAYS} days`,
    },
    {
      of: programs("ends-soon"),
      to: "tokens",
      count: plural(programs("ends-soon"), "token"),
      says: `${programs("ends-soon") === 1 ? "expires" : "expire"} within ${SOON_DAYS} days`,
    },
  ];
  return all.filter(({ of }) => of > 0).map(({ of: _, ...remark }) => remark);
}
