/**
 * Rows for COPY in PostgreSQL's binary format (its manual, "COPY", section "Binary Format"): bytes go as they are, where a
 * parameter would spell each of them in two characters.
 */
import { finished } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import type { SqlSession } from "./client.ts";
import { SCOPE_ROLE_PREFIX } from "./distribution/scope-roles.ts";

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const TRAILER = Buffer.from([0xff, 0xff]);
/** 2000-01-01, from which PostgreSQL counts. */
const EPOCH = Date.UTC(2000, 0, 1);
/** The number of the type int4 in every PostgreSQL. */
const INT4 = 23;
/** Values from this length on are handed over as they are, shorter ones are gathered. */
const LARGE_BYTES = 16_384;

/** Gathers rows: `row`, then each of its values in the order of the columns. */
export class CopyRows {
  private readonly parts: Buffer[] = [SIGNATURE];
  private block = Buffer.allocUnsafe(65_536);
  private used = 0;
  /** Rows gathered. */
  count = 0;

  row(columns: number): void {
    this.count += 1;
    this.room(2);
    this.used = this.block.writeInt16BE(columns, this.used);
  }

  int2(value: number): void {
    this.length(2);
    this.used = this.block.writeInt16BE(value, this.used);
  }

  int4(value: number): void {
    this.length(4);
    this.used = this.block.writeInt32BE(value, this.used);
  }

  int8(value: number): void {
    this.length(8);
    this.used = this.block.writeBigInt64BE(BigInt(value), this.used);
  }

  /** A list of one dimension, as the array type's binary form has it. */
  int4s(values: readonly number[]): void {
    const bytes = Buffer.allocUnsafe(20 + values.length * 8);
    bytes.writeInt32BE(1, 0);
    bytes.writeInt32BE(0, 4);
    bytes.writeInt32BE(INT4, 8);
    bytes.writeInt32BE(values.length, 12);
    bytes.writeInt32BE(1, 16);
    values.forEach((value, i) => {
      bytes.writeInt32BE(4, 20 + i * 8);
      bytes.writeInt32BE(value, 24 + i * 8);
    });
    this.bytes(bytes);
  }

  /** @param at milliseconds since 1970. */
  timestamptz(at: number | null): void {
    if (at === null) this.length(-1);
    else this.int8((at - EPOCH) * 1000);
  }

  /** @param days since 2000-01-01. */
  date(days: number): void {
    this.int4(days);
  }

  /** @param value without NUL. */
  text(value: string | null): void {
    if (value === null) this.length(-1);
    else this.bytes(Buffer.from(value));
  }

  uuid(value: string): void {
    this.bytes(Buffer.from(value.replaceAll("-", ""), "hex"));
  }

  bytes(value: Uint8Array): void {
    if (value.length >= LARGE_BYTES) {
      this.room(4);
      this.used = this.block.writeInt32BE(value.length, this.used);
      this.close();
      this.parts.push(Buffer.from(value.buffer, value.byteOffset, value.length));
      return;
    }
    this.length(value.length);
    this.block.set(value, this.used);
    this.used += value.length;
  }

  /** All rows as COPY reads them. To be called once. */
  end(): Buffer[] {
    this.close();
    return [...this.parts, TRAILER];
  }

  /** @param bytes -1: the value is null. */
  private length(bytes: number): void {
    this.room(4 + Math.max(bytes, 0));
    this.used = this.block.writeInt32BE(bytes, this.used);
  }

  private room(bytes: number): void {
    if (this.used + bytes > this.block.length) this.close();
  }

  private close(): void {
    if (this.used === 0) return;
    this.parts.push(this.block.subarray(0, this.used));
    this.block = Buffer.allocUnsafe(65_536);
    this.used = 0;
  }
}

/**
 * Copies into a table what COPY has given of another, in parts of any size; no more is held than one.
 * @param sql a transaction's.
 * @param target the table and its columns, as they stand in SQL.
 * @param next what is asked after it.
 * @returns what that gives.
 * @throws what the database says, or what the parts threw; the transaction can only be rolled back then.
 */
export async function copyParts<T>(
  sql: SqlSession,
  target: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  next: () => Promise<T>,
): Promise<T> {
  const stream = await sql.unsafe(`copy ${target} from stdin with (format binary)`).writable();
  const write = (part: Uint8Array) =>
    new Promise<void>((resolve, reject) =>
      stream.write(part, (error) => (error == null ? resolve() : reject(error))),
    );
  stream.on("error", () => {});
  try {
    for await (const part of parts) await write(part);
  } catch (error) {
    // Tells the server that no more will come; without it the connection would stay in the middle of the rows.
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  stream.end();
  // Until the stream has told the connection that the rows have ended, no other query may be sent.
  await setImmediate();
  try {
    return await next();
  } catch (error) {
    // An error that comes at the very end reaches the stream of postgres.js no more; but the transaction's next query fails.
    throw stream.errored ?? error;
  }
}

/**
 * Copies the rows into a table. COPY refuses a table with row-level security: they come into a temporary table of the
 * connection first, and from there under the table's policies.
 * @param sql a transaction's.
 * @param columns in the order in which the rows have them, as they stand in SQL.
 * @param workspace whose rows they all are, as each says.
 * @throws what the database says; the transaction can only be rolled back then.
 */
export async function copyInto(
  sql: SqlSession,
  table: string,
  columns: readonly string[],
  rows: CopyRows,
  workspace: string,
): Promise<void> {
  const stage = `pg_temp.stage_${table}`;
  const list = columns.join(", ");
  const answers: unknown = await sql.unsafe(
    `create temporary table if not exists stage_${table} (like ${table} including storage) on commit delete rows;
    select starts_with(session_user, '${SCOPE_ROLE_PREFIX}') as "byRole", exists(select from ${stage}) as "isUsed"`,
  );
  const [, [session]] = answers as [unknown, [{ byRole: boolean; isUsed: boolean }]];
  // What this transaction has copied before. Spelled out, so that the statement is known from one that empties a table.
  if (session.isUsed) await sql.unsafe(`truncate pg_temp.stage_${table}`);
  const insert = `insert into ${table} (${list}) overriding system value select ${list} from ${stage} where workspace_id = $1`;
  // Where the tables lie on several machines, the coordinator would hand rows on by COPY, which row-level security refuses;
  // with a word on conflicts it does not. A row that is there already is then told by the insert without that word.
  const first = session.byRole ? `${insert} on conflict do nothing` : insert;
  let added = await copyParts(sql, `${stage} (${list})`, rows.end(), () => sql.unsafe(first, [workspace]));
  if (session.byRole && added.count !== rows.count) added = await sql.unsafe(insert, [workspace]);
  if (added.count !== rows.count) throw new Error(`Rows for ${table} say that they are another workspace's.`);
}

/**
 * A table's rows as COPY gives them, in parts; read no faster than they are taken.
 * @param sql a transaction's; no other query of it may run before the last part was taken or the reading given up.
 * @param source what stands behind COPY in SQL.
 */
export async function* copyFrom(sql: SqlSession, source: string): AsyncGenerator<Buffer> {
  const query = sql.unsafe(`copy ${source} to stdout with (format binary)`);
  const stream = await query.readable();
  let whole = false;
  try {
    for await (const part of stream.iterator({ destroyOnReturn: false })) yield part as Buffer;
    whole = true;
  } finally {
    if (!whole && !stream.errored) {
      // Who reads has given up: the server is asked to stop, and what it has sent already is thrown away.
      query.cancel();
      stream.resume();
      await finished(stream).catch(() => {});
    }
    // postgres.js pauses the connection when rows come too fast, and lets it go on when more are asked for: after the last
    // ones nobody asks, and the server's answer that all is done would never be read.
    stream._read(0);
  }
}
