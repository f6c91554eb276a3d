/** Everybody's rows a part at a time, from a file: for what must not hold all of them. */
import { setImmediate } from "node:timers/promises";
import type { Db } from "../../db/client.ts";
import { type Document, packRows, readPackedDocuments, unpackRows } from "../../db/queries/projection.ts";
import { SortedFile } from "../files/sorted-file.ts";
import type { Holding } from "../lifecycle/linking.ts";
import { addRows, emptyProjection } from "../lifecycle/project.ts";
import type { Projection, SubjectId } from "../lifecycle/types.ts";
import { AcrossTaker } from "./across.ts";
import { byText } from "./base.ts";
import type { ReportParams } from "./contract.ts";
import { projectEach } from "./history.ts";
import {
  type About,
  aboutOf,
  isStored,
  type Model,
  type ModelPart,
  momentOf,
  ownSources,
  peopleAt,
} from "./model.ts";

/** People whose rows are held at once: some megabytes. */
const PART_PEOPLE = 250;

interface Person {
  subject: SubjectId;
  /** Their document as it is packed, in base64: a fifth of its text, and unpacked only for whoever goes through it. */
  packed: string;
}

const documentOf = ({ packed }: Person): Document => unpackRows(Buffer.from(packed, "base64"));

/** What a model would hold, to be gone through as often as is wished. */
export interface Parts {
  about: About;
  /** Each part's people follow those of the part before, in the order of their ids. */
  each(): Iterable<ModelPart>;
  /** A model of some people alone, told with what all people tell. */
  modelOf(subjects: ReadonlySet<SubjectId>): Model;
  close(): void;
}

/** The rows of people, some at a time. */
function* projections(people: Iterable<Person>): Generator<Projection> {
  let rows = emptyProjection();
  let count = 0;
  for (const person of people) {
    addRows(rows, documentOf(person));
    count += 1;
    if (count % PART_PEOPLE > 0) continue;
    yield rows;
    rows = emptyProjection();
  }
  if (count % PART_PEOPLE > 0) yield rows;
}

/**
 * Reads what `loadModel` would, and keeps it in a file; memory holds who is who where rows are worked out anew, and else a
 * part at a time.
 * @param narrow leaves of rows only what is wanted; labels are told by all of them.
 * @returns to be closed at the end.
 */
export async function loadParts(
  db: Db,
  workspace: string,
  params: ReportParams,
  narrow: (rows: Projection) => Projection = (rows) => rows,
): Promise<Parts> {
  const file = new SortedFile<Person>((a, b) => byText(a.subject, b.subject));
  try {
    const moment = await momentOf(db, workspace, params);
    const { asOf } = moment;
    const own = ownSources(moment, params.customer);
    const take = (subject: SubjectId, packed: Buffer) =>
      file.add({ subject, packed: packed.toString("base64") });
    let holdings: Holding[] | null = null;
    if (await isStored(db, workspace, asOf, own)) await readPackedDocuments(db, workspace, -1, take);
    else {
      const sources = own?.map(({ source }) => source);
      const found = await projectEach(db, workspace, { to: asOf, sources }, (subject, document) =>
        take(subject, Buffer.from(packRows(document).buffer)),
      );
      if (own !== null) holdings = found;
    }
    const people = file.sorted();
    const whole = new AcrossTaker();
    const wanted = new AcrossTaker();
    for (const rows of projections(people)) {
      whole.take(rows);
      wanted.take(narrow(rows));
      // Whoever else is served by this process has a turn.
      await setImmediate();
    }
    const across = { ...wanted.result(), labels: whole.result().labels };
    const about = await aboutOf(db, workspace, moment, params.customer, across);
    return {
      about,
      *each() {
        for (const rows of projections(people)) yield { ...about, ...peopleAt(narrow(rows), asOf) };
      },
      modelOf(subjects) {
        const rows = emptyProjection();
        for (const person of people) if (subjects.has(person.subject)) addRows(rows, documentOf(person));
        return { ...about, ...peopleAt(rows, asOf), holdings };
      },
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}
