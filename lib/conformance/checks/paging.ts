/** Pages by index (RFC 7644 §3.4.2.4), and by cursor where that is announced (RFC 9865). */
import { check, must, notApplicable, passed, passedWith, should, warned } from "../check.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run } from "../run.ts";
import { answered, bodyOf, idsOf, isJson, listFault, refusalFault, resourcesOf, totalOf } from "../shapes.ts";

/** Pages that are read: all of a short list, the beginning of a long one. */
const MOST_PAGES = 8;
const LEAST_SIZE = 2;
const MOST_SIZE = 50;

/** So many on a page that the list has a few of them. */
export const sizeFor = (total: number): number =>
  Math.min(Math.max(Math.ceil(total / (MOST_PAGES - 2)), LEAST_SIZE), MOST_SIZE);

async function requireSome(run: Run, least: number): Promise<number> {
  const total = totalOf(await run.quietUsers());
  if (total === null) throw new NotTried("not-tried", "The list does not say how many there are.");
  if (total < least) throw new NotTried("not-applicable", `There are fewer than ${least} users.`);
  return total;
}

/** What is wrong with pages that follow one another; `whole`: they are all of the list. */
export function pagesFault(pages: readonly Exchange[], whole: boolean): string | null {
  for (const page of pages) {
    const fault = listFault(page);
    if (fault !== null) return fault;
  }
  const ids = pages.flatMap(idsOf);
  const distinct = new Set(ids).size;
  const repeated = ids.length - distinct;
  if (repeated > 0)
    return `${repeated} of ${ids.length} users came twice: whoever reads all pages misses others in their place.`;
  const total = totalOf(pages[0] as Exchange) ?? 0;
  return whole && distinct < total
    ? `"totalResults" is ${total}, and all pages together have ${distinct}.`
    : null;
}

/** People come and go while an application is read: then nothing can be said. */
const changedMeanwhile = (pages: readonly Exchange[]): boolean => new Set(pages.map(totalOf)).size > 1;

async function byIndex(run: Run): Promise<{ pages: Exchange[]; whole: boolean }> {
  await run.requireIndex();
  const total = await requireSome(run, LEAST_SIZE + 1);
  const size = sizeFor(total);
  const pages: Exchange[] = [];
  let read = 0;
  while (pages.length < MOST_PAGES && read < total) {
    const query = { startIndex: String(read + 1), count: String(size) };
    const page = await run.ask({ method: "GET", path: "/Users", query });
    pages.push(page);
    const { length } = resourcesOf(page);
    if (length === 0) break;
    read += length;
  }
  return {
    pages,
    whole: read >= total || pages.at(-1)?.json === undefined || idsOf(pages.at(-1) as Exchange).length === 0,
  };
}

async function requireCursor(run: Run): Promise<void> {
  if ((await run.pagination()).cursor === true) return;
  throw new NotTried("not-applicable", "The service does not announce pages by cursor (RFC 9865).");
}

const cursorOf = (page: Exchange): string | null => {
  const { nextCursor } = bodyOf(page);
  return typeof nextCursor === "string" && nextCursor !== "" ? nextCursor : null;
};

async function byCursor(run: Run): Promise<{ pages: Exchange[]; whole: boolean }> {
  await requireCursor(run);
  const total = await requireSome(run, LEAST_SIZE + 1);
  const pages: Exchange[] = [];
  for (let cursor: string | null = ""; cursor !== null && pages.length < MOST_PAGES; ) {
    const query = { cursor: cursor === "" ? "" : "{cursor}", count: String(sizeFor(total)) };
    const page = await run.ask({ method: "GET", path: "/Users", query, hidden: { cursor } });
    pages.push(page);
    cursor = cursorOf(page);
  }
  return { pages, whole: cursorOf(pages.at(-1) as Exchange) === null };
}

export const PAGING = [
  check({
    id: "paging.count",
    title: "count bounds a page, and not what is counted",
    requirement: must("RFC 7644", "3.4.2.4"),
    severity: "high",
    level: "read",
    mend: 'Return no more resources than "count" asks for, and in "totalResults" how many there are in all.',
    async ask(run) {
      const all = await requireSome(run, 2);
      return { all, page: await run.look("/Users", { count: "1" }) };
    },
    judge({ all, page }) {
      const fault = listFault(page);
      if (fault !== null) return fault;
      const { length } = resourcesOf(page);
      if (length > 1) return `count=1 was asked for, and ${length} came.`;
      return totalOf(page) === all
        ? null
        : `"totalResults" is ${totalOf(page)}, and ${all} with a larger page.`;
    },
  }),
  check({
    id: "paging.count-zero",
    title: "count=0 only counts",
    requirement: must("RFC 7644", "3.4.2.4"),
    severity: "low",
    level: "read",
    mend: 'Answer count=0 with "totalResults" and without resources.',
    ask: async (run) => ({ all: totalOf(await run.users()), page: await run.look("/Users", { count: "0" }) }),
    judge({ all, page }) {
      const fault = listFault(page);
      if (fault !== null) return fault;
      const { length } = resourcesOf(page);
      if (length > 0) return `${length} resources came all the same.`;
      return totalOf(page) === all ? null : `"totalResults" is ${totalOf(page)} in place of ${all}.`;
    },
  }),
  check({
    id: "paging.count-negative",
    title: "A negative count is taken as 0",
    requirement: must("RFC 7644", "3.4.2.4"),
    severity: "low",
    level: "read",
    mend: "Take a negative count as 0.",
    ask: (run) => run.look("/Users", { count: "-1" }),
    judge(page) {
      if (page.status !== 200) return `${answered(page)} in place of 200.`;
      const { length } = resourcesOf(page);
      return length === 0 ? null : `${length} resources came.`;
    },
  }),
  check({
    id: "paging.start-below-one",
    title: "A startIndex below 1 is taken as 1",
    requirement: must("RFC 7644", "3.4.2.4"),
    severity: "low",
    level: "read",
    mend: "Take a startIndex below 1 as 1.",
    async ask(run) {
      await run.requireIndex();
      await requireSome(run, 1);
      const first = await run.look("/Users", { count: "1", startIndex: "1" });
      return { first, page: await run.look("/Users", { count: "1", startIndex: "0" }) };
    },
    judge({ first, page }) {
      const fault = listFault(page);
      if (fault !== null) return fault;
      return idsOf(page)[0] === idsOf(first)[0] ? null : "It is another page than that of startIndex=1.";
    },
  }),
  check({
    id: "paging.beyond",
    title: "Behind the end there is an empty page",
    requirement: must("RFC 7644", "3.4.2.4"),
    severity: "medium",
    level: "read",
    mend: "Answer a startIndex behind the end with 200 and no resources: clients end there.",
    async ask(run) {
      await run.requireIndex();
      const total = await requireSome(run, 0);
      return run.look("/Users", { startIndex: String(total + 1_000), count: "5" });
    },
    judge(page) {
      // The standard says where a page begins, and not what is answered where there is none.
      if (page.status !== 200) return warned(`${answered(page)} in place of 200.`);
      const { length } = resourcesOf(page);
      if (length > 0) return `${length} resources came, though the list ends before them.`;
      return totalOf(page) === null ? '"totalResults" is no whole number.' : null;
    },
  }),
  check({
    id: "paging.complete",
    title: "Page by page everybody comes once",
    requirement: must("RFC 7644", "3.4.2.4"),
    severity: "high",
    level: "read",
    mend: "Keep one order over all pages, and begin a page where startIndex says: whoever is missed looks like somebody without an account.",
    ask: byIndex,
    judge({ pages, whole }) {
      if (changedMeanwhile(pages)) return notApplicable("The list changed while it was read.");
      const fault = pagesFault(pages, whole);
      if (fault !== null || whole) return fault;
      return passedWith(
        `The first ${pages.flatMap(idsOf).length} of ${totalOf(pages[0] as Exchange)} users were read.`,
      );
    },
  }),
  check({
    id: "paging.cursor-config",
    title: "Pages by cursor are announced whole",
    requirement: must("RFC 9865", "4"),
    severity: "low",
    level: "read",
    mend: 'Say in "pagination" of ServiceProviderConfig whether there are pages by "cursor" and by "index".',
    async ask(run) {
      await requireCursor(run);
      return run.config();
    },
    judge(exchange) {
      const { pagination } = bodyOf(exchange);
      const told = isJson(pagination) ? pagination : {};
      if (typeof told.index !== "boolean") return '"pagination.index" is no boolean.';
      const { defaultPaginationMethod: method } = told;
      return method === undefined || method === "cursor" || method === "index"
        ? null
        : '"pagination.defaultPaginationMethod" is neither "cursor" nor "index".';
    },
  }),
  check({
    id: "paging.cursor",
    title: "By cursor everybody comes once",
    requirement: must("RFC 9865", "2"),
    severity: "medium",
    level: "read",
    mend: 'Begin with an empty "cursor", go on with each page\'s "nextCursor", and leave it out on the last.',
    ask: byCursor,
    judge({ pages, whole }) {
      if (changedMeanwhile(pages)) return notApplicable("The list changed while it was read.");
      return pagesFault(pages, whole);
    },
  }),
  check({
    id: "paging.cursor-invalid",
    title: "A cursor that is none is refused",
    requirement: should("RFC 9865", "2.1"),
    severity: "low",
    level: "read",
    mend: 'Refuse a cursor that is not known with 400 and "scimType": "invalidCursor".',
    async ask(run) {
      await requireCursor(run);
      return run.look("/Users", { cursor: "rollcall-check-no-cursor", count: "5" });
    },
    judge: (answer) => refusalFault(answer, [400], "invalidCursor") ?? passed,
  }),
];
