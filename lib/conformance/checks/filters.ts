/** Filters (RFC 7644 §3.4.2.2), asked of somebody who lives there: identity providers look for each user by one before anything else. */
import { check, must, notApplicable, passed, passedWith, warned } from "../check.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run, Somebody } from "../run.ts";
import {
  answered,
  bodyOf,
  idOf,
  isNamed,
  isOk,
  listFault,
  refusalFault,
  resourcesOf,
  totalOf,
} from "../shapes.ts";

/** A user name that nobody has. */
const NOBODY = "rollcall-check-nobody@example.invalid";

interface Asked {
  somebody: Somebody;
  answer: Exchange;
}

async function askFor(
  run: Run,
  filter: string,
  hidden: (one: Somebody) => Readonly<Record<string, string>>,
): Promise<Asked> {
  await run.requireFeature("filter", "denied");
  const somebody = await run.somebody();
  return { somebody, answer: await run.usersBy(filter, hidden(somebody)) };
}

/** A comparison that the service says it does not support, as it may (RFC 7644 §3.12); null for any other answer. */
export const declined = (answer: Exchange): ReturnType<typeof warned> | null =>
  answer.status === 400 && bodyOf(answer).scimType === "invalidFilter"
    ? warned("The service refuses this comparison, as it may: providers that ask so find nobody.")
    : null;

/** What is wrong where exactly one was to be found. */
function oneFault({ somebody, answer }: Asked): string | null {
  const fault = listFault(answer);
  if (fault !== null) return fault;
  const found = resourcesOf(answer);
  if (found.length === 0) return "Nobody was found, and one is there.";
  if (found.some((one) => idOf(one) !== somebody.id)) return "Others were found who do not fit.";
  return totalOf(answer) === 1 ? null : '"totalResults" is not 1, though one fits.';
}

/** What is wrong where some are to be found, all of whom fit; who is not on the page may be behind it. */
function someFault({ somebody, answer }: Asked, fits: (userName: string) => boolean): string | null {
  const fault = listFault(answer);
  if (fault !== null) return fault;
  const found = resourcesOf(answer);
  if (found.some(({ userName }) => typeof userName !== "string" || !fits(userName.toLowerCase())))
    return "Others were found who do not fit.";
  const whole = (totalOf(answer) ?? 0) <= found.length;
  return whole && !found.some((one) => idOf(one) === somebody.id) ? "One who fits was not found." : null;
}

/** What is wrong where nobody fits. */
function noneFault(answer: Exchange): string | null {
  if (answer.status === 404) return "It answered HTTP 404: that nobody fits is no error, but an empty list.";
  const fault = listFault(answer);
  if (fault !== null) return fault;
  return totalOf(answer) === 0 ? null : "Somebody was found, though nobody fits.";
}

const byName = ({ userName }: Somebody) => ({ userName });
const middle = (userName: string): string => userName.slice(1, 6);
const start = (userName: string): string => userName.slice(0, 4);

/** A comparison with a part of a user name. @param partOf a user name what is asked for. @param fits both in small letters. */
const byPart = (
  name: "contains" | "starts-with",
  operator: "co" | "sw",
  means: string,
  partOf: (userName: string) => string,
  fits: (userName: string, part: string) => boolean,
) =>
  check({
    id: `filters.${name}`,
    title: `${operator}: ${means}`,
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "low",
    level: "read",
    mend: `Support "${operator}".`,
    ask: (run) =>
      askFor(run, `userName ${operator} "{part}"`, ({ userName }) => ({ part: partOf(userName) })),
    judge: (asked) =>
      declined(asked.answer) ??
      someFault(asked, (userName) => fits(userName, partOf(asked.somebody.userName).toLowerCase())),
  });

export const FILTERS = [
  check({
    id: "filters.user-name",
    title: "A user is found by userName eq",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "high",
    level: "read",
    mend: 'Support filter=userName eq "…", and return the one who has the name: without it each joiner becomes a second account.',
    ask: (run) => askFor(run, 'userName eq "{userName}"', byName),
    judge: (asked) => declined(asked.answer) ?? oneFault(asked),
  }),
  check({
    id: "filters.user-name-case",
    title: "A user name is found in any case",
    requirement: must("RFC 7643", "4.1.1"),
    severity: "high",
    level: "read",
    mend: "Compare user names without regard to case.",
    ask: (run) =>
      askFor(run, 'userName eq "{userNameInOtherCase}"', ({ userName }) => ({
        userNameInOtherCase:
          userName === userName.toUpperCase() ? userName.toLowerCase() : userName.toUpperCase(),
      })),
    judge: (asked) => declined(asked.answer) ?? oneFault(asked),
  }),
  check({
    id: "filters.no-match",
    title: "Where nobody fits the list is empty",
    requirement: must("RFC 7644", "3.4.2"),
    severity: "high",
    level: "read",
    mend: 'Answer a filter that nobody fits with 200 and "totalResults": 0.',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      return run.usersBy(`userName eq "${NOBODY}"`, {});
    },
    judge: noneFault,
  }),
  check({
    id: "filters.external-id",
    title: "A user is found by externalId eq",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: 'Support filter=externalId eq "…": by it a provider finds the account that it made.',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      for (const resource of resourcesOf(await run.users())) {
        const { id, userName, externalId } = resource;
        if (typeof id !== "string" || typeof userName !== "string" || typeof externalId !== "string")
          continue;
        if (externalId === "") continue;
        const answer = await run.usersBy('externalId eq "{externalId}"', { externalId });
        return { somebody: { id, userName, resource }, answer };
      }
      throw new NotTried("not-applicable", 'No user has an "externalId".');
    },
    judge: ({ somebody, answer }) =>
      // Two providers may have given the same one (RFC 7643 §3.1).
      resourcesOf(answer).length > 1 &&
      resourcesOf(answer).every(({ externalId }) => externalId === somebody.resource.externalId)
        ? null
        : (declined(answer) ?? oneFault({ somebody, answer })),
  }),
  check({
    id: "filters.attribute-case",
    title: "Names of attributes and operators may have any case",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: "Read names of attributes and operators without regard to case.",
    ask: (run) => askFor(run, 'USERNAME Eq "{userName}"', byName),
    judge: oneFault,
  }),
  check({
    id: "filters.and",
    title: "and: both must hold",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: 'Support "and" between two comparisons.',
    async ask(run) {
      const both = await askFor(run, 'userName eq "{userName}" and userName eq "{userName}"', byName);
      return {
        both,
        neither: await run.usersBy(
          `userName eq "{userName}" and userName eq "${NOBODY}"`,
          byName(both.somebody),
        ),
      };
    },
    judge: ({ both, neither }) => oneFault(both) ?? noneFault(neither),
  }),
  check({
    id: "filters.or",
    title: "or: one is enough",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "low",
    level: "read",
    mend: 'Support "or" between two comparisons.',
    ask: (run) => askFor(run, `userName eq "${NOBODY}" or userName eq "{userName}"`, byName),
    judge: oneFault,
  }),
  check({
    id: "filters.not",
    title: "not: those who do not fit",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "low",
    level: "read",
    mend: 'Support "not (…)".',
    ask: (run) => askFor(run, 'not (userName eq "{userName}")', byName),
    judge: ({ somebody, answer }) =>
      listFault(answer) ??
      (resourcesOf(answer).some((one) => isNamed(one, somebody.userName))
        ? "The one who was left out was found."
        : null),
  }),
  byPart("contains", "co", "part of a value", middle, (name, part) => name.includes(part)),
  byPart("starts-with", "sw", "the beginning of a value", start, (name, part) => name.startsWith(part)),
  check({
    id: "filters.present",
    title: "pr: whoever has a value",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "low",
    level: "read",
    mend: 'Support "pr".',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      return { all: totalOf(await run.users()), answer: await run.usersBy("userName pr", {}) };
    },
    judge({ all, answer }) {
      if (answer.status === 400 && bodyOf(answer).scimType === "tooMany")
        return notApplicable("The service finds everybody to be too many, as it may (RFC 7644 §3.12).");
      const fault = declined(answer) ?? listFault(answer);
      if (fault !== null) return fault;
      return totalOf(answer) === all ? null : 'Not everybody was found, though everybody has a "userName".';
    },
  }),
  check({
    id: "filters.broken",
    title: "A filter that can't be read is refused",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: 'Refuse what can\'t be read with 400 and "scimType": "invalidFilter"; never answer it with everybody.',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      return run.usersBy("userName eq", {});
    },
    judge(answer) {
      const fault = brokenFault(answer);
      // That nobody is found by it is a MUST; that it is refused with 400 is a SHOULD (RFC 7644 §3.12).
      const isFollowed = isOk(answer) && totalOf(answer) !== 0;
      return typeof fault === "string" && !isFollowed ? warned(fault) : fault;
    },
  }),
  check({
    id: "filters.unknown-operator",
    title: "An operator that nobody knows is refused",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: 'Refuse an operator that is not known with 400 and "scimType": "invalidFilter".',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      return run.usersBy(`userName zz "${NOBODY}"`, {});
    },
    judge: (answer) => brokenFault(answer),
  }),
  check({
    id: "filters.unknown-attribute",
    title: "A filter for an attribute that nobody knows finds nobody",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: 'Let an attribute that is not known fit nobody, or refuse it with 400 and "scimType": "invalidFilter"; never leave that part of a filter out.',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      return run.usersBy('rollcallCheckNoAttribute eq "none"', {});
    },
    judge(answer) {
      if (isOk(answer)) {
        return totalOf(answer) === 0
          ? passedWith("It is taken as an attribute without a value: nobody is found, and it is not refused.")
          : "The filter is passed over, and somebody found.";
      }
      return brokenFault(answer);
    },
  }),
  check({
    id: "filters.group-name",
    title: "A group is found by displayName eq",
    requirement: must("RFC 7644", "3.4.2.2"),
    severity: "medium",
    level: "read",
    mend: 'Support filter=displayName eq "…" on /Groups.',
    async ask(run) {
      await run.requireFeature("filter", "denied");
      await run.requireGroups();
      for (const { id, displayName } of resourcesOf(await run.groups())) {
        if (typeof id !== "string" || typeof displayName !== "string" || displayName === "") continue;
        const query = { filter: 'displayName eq "{displayName}"', excludedAttributes: "members" };
        return {
          id,
          displayName,
          answer: await run.ask({ method: "GET", path: "/Groups", query, hidden: { displayName } }),
        };
      }
      throw new NotTried("not-applicable", "There is no group to be asked for.");
    },
    judge({ id, displayName, answer }) {
      const fault = declined(answer) ?? listFault(answer);
      if (fault !== null) return fault;
      const found = resourcesOf(answer);
      if (!found.some((one) => idOf(one) === id)) return "The group was not found.";
      const same = (value: unknown) =>
        typeof value === "string" && value.toLowerCase() === displayName.toLowerCase();
      return found.every((one) => same(one.displayName)) ? null : "Other groups were found that do not fit.";
    },
  }),
];

/** What is wrong with the answer to what is no filter. */
function brokenFault(answer: Exchange): string | null | ReturnType<typeof warned> {
  if (isOk(answer)) {
    const found = (totalOf(answer) ?? 0) > 0 ? "Somebody is found" : "Nobody is found";
    return `${answered(answer)} in place of 400: it was taken for a filter. ${found}.`;
  }
  const fault = refusalFault(answer, [400], "invalidFilter");
  if (fault === null) return passed;
  // The status is right, and what went wrong can be read from it.
  return answer.status === 400 ? warned(fault) : fault;
}
