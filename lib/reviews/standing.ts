/** The accounts and credentials that items are about, as they stand: of those who have them or ever had, and of nobody else. */
import type { Db } from "../../db/client.ts";
import { readPersonsNamed, readPersonsOf } from "../../db/log/read-facts.ts";
import { readSubjectsOf } from "../../db/queries/links.ts";
import { readDocumentsOf } from "../../db/queries/projection.ts";
import {
  applicationKey,
  nameRef,
  normaliseName,
  personRef,
  refsOfAccount,
  refsOfCredential,
} from "../lifecycle/refs.ts";
import type { Projection, SubjectId } from "../lifecycle/types.ts";
import { isStored } from "../reports/model.ts";
import { loadParts, type Parts } from "../reports/parts.ts";
import { type About, Standing, type StandingRows } from "./outcome.ts";

/** Refs that are asked about at once. */
const REFS_AT_ONCE = 10_000;
/** People whose rows are held at once: some megabytes. */
const PEOPLE_AT_ONCE = 250;

function* chunks<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/** Takes of everybody's rows those of some accounts and credentials. */
class RowsOf {
  readonly rows: StandingRows = { accounts: [], entitlements: [], credentials: [] };
  private readonly places: ReadonlySet<string>;
  private readonly credentials: ReadonlySet<string>;

  constructor(wanted: readonly About[]) {
    this.places = new Set(wanted.filter(({ kind }) => kind === "account").map(Standing.placeOf));
    this.credentials = new Set(
      wanted.filter(({ kind }) => kind === "credential").map(({ account }) => account),
    );
  }

  take({ accounts = [], entitlements = [], credentials = [] }: Partial<Projection>): void {
    const isWanted = (row: { application: string; account: string }) =>
      this.places.has(Standing.placeOf(row));
    this.rows.accounts.push(...accounts.filter(isWanted));
    this.rows.entitlements.push(...entitlements.filter(isWanted));
    this.rows.credentials.push(...credentials.filter(({ id }) => this.credentials.has(id)));
  }
}

/** What the parts say of what items are about. */
export function rowsInParts(parts: Pick<Parts, "each">, wanted: readonly About[]): StandingRows {
  const own = new RowsOf(wanted);
  for (const part of parts.each()) own.take(part);
  return own.rows;
}

/**
 * Refs under which the log may hold anything that makes an account or credential (`lib/lifecycle/accounts.ts`): its own, and
 * where records name only its person, who is then the account, theirs.
 */
function refsOf({ kind, application, account }: About, sources: readonly string[]): string[] {
  if (kind === "credential") return refsOfCredential(sources, account);
  return [
    ...refsOfAccount(applicationKey(application), account),
    nameRef(account),
    ...sources.map((source) => personRef(source, account)),
  ];
}

/**
 * Everybody who may have what is wanted, whoever it was linked to since: the owners of its refs, and all people whom any record
 * named beside them.
 */
async function holdersOf(
  db: Db,
  workspace: string,
  wanted: readonly About[],
  sources: readonly string[],
): Promise<SubjectId[]> {
  const { sql } = db;
  const accounts = wanted.filter(({ kind }) => kind === "account");
  const names = [...new Set(accounts.map(({ account }) => normaliseName(account)))];
  const refs = new Set(names.length === 0 ? [] : await readPersonsNamed(sql, names));
  for (const about of wanted) for (const ref of refsOf(about, sources)) refs.add(ref);
  for (const some of chunks([...refs], REFS_AT_ONCE))
    for (const person of await readPersonsOf(sql, workspace, some)) refs.add(person);
  const holders = new Set<SubjectId>();
  for (const some of chunks([...refs], REFS_AT_ONCE))
    for (const subject of await readSubjectsOf(sql, workspace, some)) holders.add(subject);
  return [...holders].sort();
}

async function storedRows(
  db: Db,
  workspace: string,
  wanted: readonly About[],
  sources: readonly string[],
): Promise<StandingRows> {
  const own = new RowsOf(wanted);
  for (const some of chunks(await holdersOf(db, workspace, wanted, sources), PEOPLE_AT_ONCE)) {
    const documents = await readDocumentsOf(db.sql, workspace, some);
    for (const subject of some) own.take(documents.get(subject) ?? {});
  }
  return own.rows;
}

/**
 * What the records say by now of what items are about: all rows of each of these accounts and credentials, in the order of their
 * subjects.
 * @param sources the names of all of them.
 */
export async function rowsNow(
  db: Db,
  workspace: string,
  wanted: readonly About[],
  sources: readonly string[],
): Promise<StandingRows> {
  if (await isStored(db, workspace, Date.now(), null)) return storedRows(db, workspace, wanted, sources);
  // Records of a time to come: the rows of now are worked out anew.
  const parts = await loadParts(db, workspace, {});
  try {
    return rowsInParts(parts, wanted);
  } finally {
    parts.close();
  }
}
