/**
 * Whether a statement asks for one workspace alone, as its words say: then the node that has the workspace can answer it by
 * itself, and no other is asked. Row-level security shows nothing else either, but what plans a statement over several nodes
 * knows nothing of that; it needs `workspace_id = $1` at each table.
 *
 * A table is restricted by equality to a parameter or a constant, or to the `workspace_id` of a table of the same query that
 * is. What PostgreSQL's planner can't follow is refused, though it be true: through an outer join restrictions go only to
 * the side that may be missing, into a subquery only where it is joined in (an `exists` that stands by itself in `where`), and
 * out of one never.
 */
import type { ParseResult } from "@pgsql/types";
import {
  type Body,
  conjuncts,
  equalities,
  holdsQuery,
  type Joined,
  joinedQuery,
  listOf,
  namesColumn,
  namesOfCalls,
  nodeOf,
  partsOf,
  selectsOf,
} from "./tree.ts";

/** What the judge knows of the database. */
export interface Known {
  /** Tables of which each node has some workspaces. */
  distributed: ReadonlySet<string>;
  /** Functions that read such tables themselves. */
  reading: ReadonlySet<string>;
  /** Names that stand for a value: the variables of a function whose statements are judged. */
  variables?: ReadonlySet<string>;
}

const KEY = "workspace_id";

/** Where all restrictions come from. */
const ONE = "one workspace";

/** Functions that give another value at each call: what changes rows on several copies may not ask them. */
const VOLATILE = ["random", "gen_random_uuid", "uuidv4", "uuidv7", "nextval", "clock_timestamp"];

/** A table, subquery or function in FROM, under its name in the query. */
interface Relation {
  /** Of the tables that are distributed, the one it is. */
  table: string | null;
  /** Whether it has, or may have, a column `workspace_id`. */
  keyed: boolean;
  /** Its rows may be missing: an outer join puts nulls in their place. */
  optional: boolean;
  id: string;
}

/** One SELECT, UPDATE, …, with what may be named in it. */
interface Level {
  relations: Map<string, Relation>;
  outer: Level | null;
  /** How it is joined to the query around it, so that what holds there holds here; null: not at all. */
  joined: Joined;
  /** Names of WITH, which stand before tables of the same name. */
  ctes: ReadonlySet<string>;
}

class Judge {
  readonly faults: string[] = [];
  private readonly flows = new Map<string, string[]>();
  private readonly asked: Relation[] = [];
  private readonly given: { expression: unknown; level: Level; table: string }[] = [];
  private readonly called = new Set<string>();
  private readonly silent = new Set<string>();
  private count = 0;

  constructor(private readonly known: Known) {}

  statement(value: unknown): void {
    this.any(value, null, new Set());
    const reached = this.reached();
    for (const { table, id } of this.asked)
      if (!reached.has(id)) this.faults.push(`${table} is not restricted to one workspace`);
    for (const { expression, level, table } of this.given) {
      const id = this.columnOf(expression, level);
      if (!this.isValue(expression) && (id === null || !reached.has(id)))
        this.faults.push(`rows are added to ${table} whose workspace is not one that was named`);
    }
    if (this.asked.length + this.given.length > 0)
      for (const name of this.called)
        this.faults.push(`${name}() reads tables itself and is called beside tables: ask it by itself`);
  }

  /** A statement or query, wherever it stands. */
  private any(
    value: unknown,
    outer: Level | null,
    ctes: ReadonlySet<string>,
    joined: Joined = null,
  ): Level | null {
    const node = nodeOf(value);
    if (node === null) return null;
    const { kind, body } = node;
    switch (kind) {
      case "SelectStmt":
        return this.select(body, outer, ctes, joined);
      case "InsertStmt":
        return this.insert(body, outer, ctes);
      case "UpdateStmt":
      case "DeleteStmt":
        return this.change(kind, body, outer, ctes);
      case "ExplainStmt":
      case "DeclareCursorStmt":
      case "PrepareStmt":
      case "CreateTableAsStmt":
        return this.any(body.query, outer, ctes);
      case "CopyStmt":
        if (body.query !== undefined) return this.any(body.query, outer, ctes);
        return this.whole("COPY", [{ RangeVar: body.relation }]);
      case "TruncateStmt":
      case "LockStmt":
        return this.whole(kind === "LockStmt" ? "LOCK" : "TRUNCATE", listOf(body.relations));
      case "MergeStmt":
      case "DoStmt":
        this.faults.push(`${kind === "DoStmt" ? "DO" : "MERGE"} can't be judged`);
        return null;
      default:
        return null;
    }
  }

  /** What takes whole tables. */
  private whole(verb: string, relations: unknown[]): null {
    for (const relation of relations) {
      const table = this.tableOf(nodeOf(relation)?.body);
      if (table !== null) this.faults.push(`${verb} takes the whole of ${table}`);
    }
    return null;
  }

  private select(body: Body, outer: Level | null, around: ReadonlySet<string>, joined: Joined): Level {
    const ctes = this.with(body, outer, around);
    const level = this.level(outer, ctes, joined);
    if (body.larg !== undefined || body.rarg !== undefined) {
      this.select(body.larg as Body, outer, ctes, joined);
      this.select(body.rarg as Body, outer, ctes, joined);
    }
    this.from(listOf(body.fromClause), level);
    this.where(body.whereClause, level);
    const { fromClause: _1, whereClause: _2, withClause: _3, larg: _4, rarg: _5, ...others } = body;
    this.expressions(others, level);
    return level;
  }

  private insert(body: Body, outer: Level | null, around: ReadonlySet<string>): Level {
    const ctes = this.with(body, outer, around);
    const level = this.level(outer, ctes, null);
    const table = this.tableOf(body.relation as Body);
    const query = nodeOf(body.selectStmt)?.body;
    const inner = this.any(body.selectStmt, outer, ctes);
    if (table !== null) this.rows(table, listOf(body.cols), query, inner ?? level);
    this.relation(body.relation as Body, level, false);
    this.unchanged(body.onConflictClause as Body | undefined, table);
    const { selectStmt: _1, withClause: _2, ...others } = body;
    this.expressions(others, level);
    return level;
  }

  /** What is put into the column `workspace_id` of new rows. */
  private rows(table: string, columns: unknown[], query: Body | undefined, level: Level): void {
    const at = columns.findIndex((column) => nodeOf(column)?.body.name === KEY);
    if (query === undefined || at === -1) {
      this.faults.push(`rows are added to ${table} without naming ${KEY}`);
      return;
    }
    const lists = listOf(query.valuesLists).map((list) => listOf(nodeOf(list)?.body.items));
    if (lists.some((list) => list.some((value) => holdsQuery(value))))
      this.faults.push(`rows are added to ${table} with a query among their values`);
    const expressions =
      lists.length > 0
        ? lists.map((list) => list[at])
        : selectsOf(query).map(({ targetList }) => nodeOf(listOf(targetList)[at])?.body.val);
    for (const expression of expressions) this.given.push({ expression, level, table });
  }

  private change(kind: string, body: Body, outer: Level | null, around: ReadonlySet<string>): Level {
    const ctes = this.with(body, outer, around);
    const level = this.level(outer, ctes, null);
    const table = this.relation(body.relation as Body, level, true)?.table ?? null;
    this.from(listOf(kind === "UpdateStmt" ? body.fromClause : body.usingClause), level);
    this.where(body.whereClause, level);
    if (kind === "UpdateStmt") this.unchanged(body, table);
    if (table !== null) {
      const again = namesOfCalls([body.targetList, body.whereClause]).find((name) => VOLATILE.includes(name));
      if (again !== undefined)
        this.faults.push(`${table} is changed by ${again}(), which each copy of a row would ask for itself`);
    }
    const { fromClause: _1, usingClause: _2, whereClause: _3, withClause: _4, ...others } = body;
    this.expressions(others, level);
    return level;
  }

  /** No row goes to another workspace. */
  private unchanged(body: Body | undefined, table: string | null): void {
    const set = listOf(body?.targetList).some((target) => nodeOf(target)?.body.name === KEY);
    if (set && table !== null) this.faults.push(`${KEY} of ${table} is changed`);
  }

  private with(body: Body, outer: Level | null, around: ReadonlySet<string>): ReadonlySet<string> {
    const clause = body.withClause as { ctes?: unknown[]; recursive?: boolean } | undefined;
    if (clause === undefined) return around;
    const names = new Set(around);
    for (const cte of listOf(clause.ctes)) {
      const { ctename, ctequery } = nodeOf(cte)?.body ?? {};
      if (clause.recursive) names.add(String(ctename));
      this.any(ctequery, outer, names);
      names.add(String(ctename));
    }
    return names;
  }

  private level(outer: Level | null, ctes: ReadonlySet<string>, joined: Joined): Level {
    return { relations: new Map(), outer, joined, ctes };
  }

  /** The distributed table that a name in FROM stands for. */
  private tableOf(body: Body | undefined): string | null {
    const { relname, schemaname } = body ?? {};
    if (schemaname !== undefined && schemaname !== "public") return null;
    return typeof relname === "string" && this.known.distributed.has(relname) ? relname : null;
  }

  private add(level: Level, name: string, table: string | null, keyed: boolean): Relation {
    const relation = { table, keyed, optional: false, id: `${this.count++} ${name}` };
    level.relations.set(name, relation);
    if (table !== null) this.asked.push(relation);
    return relation;
  }

  /** @param asks false for the table that rows are added to: it is not read. */
  private relation(body: Body | undefined, level: Level, asks: boolean): Relation | null {
    if (body === undefined) return null;
    const name = String((body.alias as Body | undefined)?.aliasname ?? body.relname);
    const cte = body.schemaname === undefined && level.ctes.has(String(body.relname));
    return this.add(level, name, cte || !asks ? null : this.tableOf(body), true);
  }

  /** What stands in FROM, parted by commas: all of it is joined as by `inner join`. */
  private from(items: unknown[], level: Level): void {
    for (const item of items) this.item(item, level);
  }

  /** @returns what it brings into the query. */
  private item(value: unknown, level: Level): Relation[] {
    const { kind, body } = nodeOf(value) ?? { kind: "", body: {} };
    if (kind === "RangeVar") {
      const relation = this.relation(body, level, true);
      return relation === null ? [] : [relation];
    }
    if (kind === "JoinExpr") return this.join(body, level);
    const name = String((body.alias as Body | undefined)?.aliasname ?? `${this.count}`);
    if (kind === "RangeSubselect") this.any(body.subquery, level, level.ctes);
    else this.expressions(body, level);
    const keyed = kind === "RangeSubselect" && namesColumn(body, KEY);
    return [this.add(level, name, null, keyed)];
  }

  private join(body: Body, level: Level): Relation[] {
    const left = this.item(body.larg, level);
    const right = this.item(body.rarg, level);
    const type = String(body.jointype);
    // Which sides a condition restricts: those whose rows it can keep away.
    const sides = { JOIN_INNER: [...left, ...right], JOIN_LEFT: right, JOIN_RIGHT: left }[type] ?? [];
    const restricts = new Set(sides.map(({ id }) => id));
    // In an outer join's condition a null from a join before it says nothing of the other side.
    const silent = type === "JOIN_INNER" ? [] : [...left, ...right].filter(({ optional }) => optional);
    for (const { id } of silent) this.silent.add(id);
    const using = partsOf(body.usingClause);
    if (using?.includes(KEY) || body.isNatural) {
      const first = left.find(({ keyed }) => keyed);
      const second = right.find(({ keyed }) => keyed);
      if (first && second) this.equal(first.id, second.id, restricts);
    }
    this.conditions(body.quals, level, restricts, type === "JOIN_INNER" ? ["exists"] : []);
    for (const { id } of silent) this.silent.delete(id);
    const optional = { JOIN_LEFT: right, JOIN_RIGHT: left, JOIN_FULL: [...left, ...right] }[type] ?? [];
    for (const relation of optional) relation.optional = true;
    return [...left, ...right];
  }

  private where(value: unknown, level: Level): void {
    if (nodeOf(value)?.kind === "CurrentOfExpr") return;
    this.conditions(value, level, new Set([...level.relations.values()].map(({ id }) => id)), [
      "exists",
      "not exists",
    ]);
  }

  /**
   * What must hold: its parts that stand by themselves restrict.
   * @param joins which queries among them are joined to this one.
   */
  private conditions(value: unknown, level: Level, restricts: ReadonlySet<string>, joins: Joined[]): void {
    for (const part of conjuncts(value)) {
      for (const [left, right] of equalities(part)) this.equality(left, right, level, restricts);
      const { query, joined } = joinedQuery(part);
      if (joins.includes(joined)) this.any(query, level, level.ctes, joined);
      else this.expressions(part, level);
    }
  }

  private equality(left: unknown, right: unknown, level: Level, restricts: ReadonlySet<string>): void {
    const [a, b] = [this.columnOf(left, level), this.columnOf(right, level)];
    if (a !== null && b !== null) this.equal(a, b, restricts);
    else if (a !== null && this.isValue(right)) this.flow(ONE, a, restricts);
    else if (b !== null && this.isValue(left)) this.flow(ONE, b, restricts);
  }

  private equal(a: string, b: string, restricts: ReadonlySet<string>): void {
    this.flow(a, b, restricts);
    this.flow(b, a, restricts);
  }

  private flow(from: string, to: string, restricts: ReadonlySet<string>): void {
    if (restricts.has(to) && !this.silent.has(from))
      this.flows.set(from, [...(this.flows.get(from) ?? []), to]);
  }

  private reached(): Set<string> {
    const reached = new Set([ONE]);
    for (const id of reached) for (const next of this.flows.get(id) ?? []) reached.add(next);
    return reached;
  }

  /** The relation whose `workspace_id` the expression is; null when it is something else. */
  private columnOf(value: unknown, level: Level): string | null {
    const node = nodeOf(value);
    if (node?.kind === "TypeCast") return this.columnOf(node.body.arg, level);
    if (node?.kind !== "ColumnRef") return null;
    const parts = partsOf(node.body.fields);
    if (parts?.at(-1) !== KEY) return null;
    const name = parts.at(-2);
    let through: Joined = "exists";
    for (let at: Level | null = level; at !== null; at = at.joined === null ? null : at.outer) {
      const found =
        name === undefined ? [...at.relations.values()].find(({ keyed }) => keyed) : at.relations.get(name);
      // Where it is asked that there be no row, a null says nothing of the others.
      if (found !== undefined) return found.optional && through === "not exists" ? null : found.id;
      if (through === "exists") through = at.joined;
    }
    return null;
  }

  /** Whether the expression is one value, known before the statement is planned. */
  private isValue(value: unknown): boolean {
    const { kind, body } = nodeOf(value) ?? { kind: "", body: {} };
    if (kind === "TypeCast") return this.isValue(body.arg);
    if (kind === "ColumnRef") {
      const parts = partsOf(body.fields);
      return parts?.length === 1 && this.known.variables?.has(parts[0] as string) === true;
    }
    return kind === "ParamRef" || (kind === "A_Const" && body.isnull !== true);
  }

  /** Queries and calls within expressions. */
  private expressions(value: unknown, level: Level): void {
    if (Array.isArray(value)) {
      for (const part of value) this.expressions(part, level);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const node = nodeOf(value);
    if (node?.kind === "SelectStmt") {
      this.any(value, level, level.ctes);
      return;
    }
    if (node?.kind === "FuncCall") {
      const name = partsOf(node.body.funcname)?.at(-1);
      if (name !== undefined && this.known.reading.has(name)) this.called.add(name);
    }
    for (const part of Object.values(value)) this.expressions(part, level);
  }
}

/** @returns why the statements may need more than one workspace's node, a sentence each; none: they don't. */
export function judge(tree: ParseResult, known: Known): string[] {
  return listOf(tree.stmts).flatMap((statement) => {
    const one = new Judge(known);
    one.statement((statement as { stmt?: unknown }).stmt);
    return [...new Set(one.faults)];
  });
}

/** Says of a statement that it is for all workspaces, and why. */
const MARK = /\/\*\s*cross-workspace:\s*([^*]*?)\s*\*\//u;

/** Why a statement is for all workspaces, as it says itself; null when it says nothing. */
export const markOf = (text: string): string | null => MARK.exec(text)?.[1] || null;
