/** What a pass over the people makes: reports with their rows in blocks, and documents that pages read whole. */
import type { Db } from "../../../db/client.ts";
import { groupBy } from "../../lifecycle/group-by.ts";
import { applicationKey } from "../../lifecycle/refs.ts";
import type { FailureItemRow, SubjectId } from "../../lifecycle/types.ts";
import { applicationFold, byApplication } from "../application.ts";
import { ApplicationRows } from "../applications.ts";
import type { ReportName } from "../contract.ts";
import { groupOf } from "../failures.ts";
import { linksOf } from "../links.ts";
import { listsInFiles } from "../lists-in-files.ts";
import type { ModelPart } from "../model.ts";
import type { Parts } from "../parts.ts";
import { foldOf, inOrder } from "../run.ts";
import { ROWS } from "../shortened.ts";
import { identityOf } from "../timeline.ts";
import { type AboutDocument, documentOf } from "./about.ts";
import type { ApplicationDocument, DocumentName } from "./documents.ts";
import { type Block, type ColumnFacts, encodeList, encodeTable } from "./encode.ts";
import { headOf, packDocument } from "./head.ts";
import { paramsOf, questionOf } from "./question.ts";

/** Rows of a list that are sorted in memory at once: fewer and longer runs than a pack's, whose machine may have little. */
const RUN_ROWS = 20_000;

/** What is to be kept under a question. */
export interface Made {
  report: string;
  question: string;
  blocks: Iterable<Block>;
  /** What stands beside the blocks; asked for when these were taken. */
  head: () => Buffer;
}

export interface Maker {
  take?(part: ModelPart): void;
  /** To be asked for once, when all parts have been taken. */
  made(): AsyncIterable<Made> | Iterable<Made>;
  close?(): void;
}

const document = (report: DocumentName, question: string, content: unknown): Made => ({
  report,
  question,
  blocks: [],
  head: () => packDocument(content),
});

/** A report. */
export function reportMaker(name: ReportName, question: string, { about }: Parts): Maker {
  const files = listsInFiles(RUN_ROWS);
  const fold = foldOf(name, about, paramsOf(question), files.list);
  return {
    take: (part) => fold.take(part),
    *made() {
      const folded = fold.result();
      const facts: Record<string, ColumnFacts> = {};
      const { report, lists } = headOf(name, folded);
      const short = ROWS[name];
      function* blocks(): Generator<Block> {
        yield* encodeTable(name, folded.rows, facts, short);
        if (short !== undefined) yield* encodeList("whole", folded.rows);
        for (const [field, list] of lists) yield* encodeList(`list ${field}`, list);
      }
      const head = () =>
        packDocument({
          report,
          applications: inOrder(about.across.labels.values()),
          departments: inOrder(about.across.departments),
          rows: folded.rows.length,
          columns: facts,
          lists: Object.fromEntries([...lists].map(([field, list]) => [field, list.length])),
          short: short !== undefined,
          decision: about.failureDecisions.at(-1)?.decision ?? null,
        });
      yield { report: name, question, blocks: blocks(), head };
    },
    close: () => files.close(),
  };
}

/** What all people together tell, with the sources: whoever tells of some people alone needs it. */
export const aboutMaker = (question: string, { about }: Parts): Maker => ({
  *made() {
    const content: AboutDocument = documentOf(about);
    yield document("about", question, content);
  },
});

/** The items of each cause of failures, a block a cause: who they are, in full. */
export function failureItemsMaker(question: string): Maker {
  const items: FailureItemRow[] = [];
  return {
    take: ({ failures }) => void items.push(...failures),
    *made() {
      function* blocks(): Generator<Block> {
        for (const [group, own] of groupBy(items, groupOf)) yield* encodeList(`group ${group}`, [own]);
      }
      yield { report: "failure-items", question, blocks: blocks(), head: () => packDocument(null) };
    },
  };
}

/** More are in most segments of the log anyway (lib/reports/application.ts). */
const MOST_SUBJECTS = 2_000;

interface OneApplication {
  fold: ReturnType<typeof applicationFold>;
  subjects: Set<SubjectId>;
}

/**
 * Every application.
 * @param moment the parameters that all have in common. @param wanted keys that somebody asks for, known or not.
 * @param only none but these.
 */
export function applicationsMaker(
  { about }: Parts,
  moment: { asOf?: number | undefined },
  wanted: readonly string[],
  only: boolean,
): Maker {
  const rows = new ApplicationRows();
  const known = new Map<string, OneApplication>();
  const of = (key: string): OneApplication => {
    const one = known.get(key) ?? { fold: applicationFold(about, key), subjects: new Set() };
    known.set(key, one);
    return one;
  };
  return {
    take(part) {
      rows.take(part);
      for (const [key, own] of byApplication(part)) {
        if (only && !wanted.includes(key)) continue;
        const { fold, subjects } = of(key);
        fold.take(own);
        for (const { subject } of [...own.sightings, ...own.credentials])
          if (subjects.size <= MOST_SUBJECTS) subjects.add(subject);
      }
    },
    *made() {
      const all = new Map(rows.result(about).map((row) => [applicationKey(row.application), row]));
      for (const key of new Set([...(only ? [] : all.keys()), ...wanted])) {
        const row = all.get(key);
        const { fold, subjects } = of(key);
        const content: ApplicationDocument = {
          report: row === undefined ? null : fold.result(row),
          subjects: subjects.size > MOST_SUBJECTS ? null : [...subjects],
        };
        yield document("application", questionOf({ ...moment, application: key }), content);
      }
    },
  };
}

/** Who is who: what waits to be decided. */
export const linksMaker = (db: Db, workspace: string, parts: Parts): Maker => ({
  async *made() {
    yield document(
      "links",
      "",
      await linksOf(db, workspace, async (subjects) => parts.modelOf(new Set(subjects))),
    );
  },
});

/** Somebody at a past moment. */
export const identityMaker = (db: Db, workspace: string, question: string, parts: Parts): Maker => ({
  async *made() {
    const { subject = "" } = paramsOf(question);
    const at = { asOf: parts.about.asOf, isNow: false };
    const report = await identityOf(db, workspace, subject, at, async (subjects) =>
      parts.modelOf(new Set(subjects)),
    );
    yield document("identity", question, report);
  },
});
