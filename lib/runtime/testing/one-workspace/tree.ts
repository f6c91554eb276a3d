/** PostgreSQL's tree of a statement, as far as the judge asks for it. */

/** How a query is joined to the one around it; null: not at all. */
export type Joined = "exists" | "not exists" | null;

export type Body = Record<string, unknown>;

/** A node of PostgreSQL's tree: its kind and what it holds; null for what is none. */
export function nodeOf(value: unknown): { kind: string; body: Body } | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0 || !/^[A-Z]/u.test(entry[0])) return null;
  return { kind: entry[0], body: entry[1] as Body };
}

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The texts of a name's parts; null where one is `*`. */
export function partsOf(fields: unknown): string[] | null {
  const parts = listOf(fields).map((field) => nodeOf(field)?.body.sval);
  return parts.every((part) => typeof part === "string") ? (parts as string[]) : null;
}

/** The SELECTs of a query that is one, or several put together. */
export function selectsOf(query: Body): Body[] {
  if (query.larg === undefined) return [query];
  return [...selectsOf(query.larg as Body), ...selectsOf(query.rarg as Body)];
}

/** Parts that must all hold. */
export function conjuncts(value: unknown): unknown[] {
  const node = nodeOf(value);
  if (node === null) return [];
  if (node.kind !== "BoolExpr" || node.body.boolop !== "AND_EXPR") return [value];
  return listOf(node.body.args).flatMap(conjuncts);
}

/** The pairs that are equal where the condition holds. */
export function equalities(value: unknown): [unknown, unknown][] {
  const { kind, body } = nodeOf(value) ?? { kind: "", body: {} };
  if (kind !== "A_Expr") return [];
  const operator = partsOf(body.name)?.join(".");
  if (body.kind === "AEXPR_IN") {
    const list = listOf(nodeOf(body.rexpr)?.body.items);
    return operator === "=" && list.length === 1 ? [[body.lexpr, list[0]]] : [];
  }
  if (body.kind !== "AEXPR_OP" || operator !== "=") return [];
  const [left, right] = [nodeOf(body.lexpr), nodeOf(body.rexpr)];
  if (left?.kind === "RowExpr" && right?.kind === "RowExpr") {
    const others = listOf(right.body.args);
    return listOf(left.body.args).map((part, at) => [part, others[at]]);
  }
  return [[body.lexpr, body.rexpr]];
}

/** The query of an `exists` or `not exists`, which PostgreSQL joins to the one around it. */
export function joinedQuery(value: unknown): { query: unknown; joined: Joined } {
  const outer = nodeOf(value);
  const negated = outer?.kind === "BoolExpr" && outer.body.boolop === "NOT_EXPR";
  const link = negated ? nodeOf(listOf(outer.body.args)[0]) : outer;
  if (link?.kind !== "SubLink" || link.body.subLinkType !== "EXISTS_SUBLINK")
    return { query: null, joined: null };
  return { query: link.body.subselect, joined: negated ? "not exists" : "exists" };
}

/** Whether a subquery gives a column of that name, or may by a `*`. */
export function namesColumn(body: Body, wanted: string): boolean {
  const query = nodeOf(body.subquery)?.body ?? {};
  return selectsOf(query).some(({ targetList }) =>
    listOf(targetList).some((target) => {
      const { name, val } = nodeOf(target)?.body ?? {};
      if (name !== undefined) return name === wanted;
      const column = nodeOf(val);
      if (column?.kind !== "ColumnRef") return false;
      const parts = partsOf(column.body.fields);
      return parts === null || parts.at(-1) === wanted;
    }),
  );
}

export const holdsQuery = (value: unknown): boolean => kindsIn(value).includes("SelectStmt");

function kindsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const kind = nodeOf(value)?.kind;
  return [...(kind === undefined ? [] : [kind]), ...Object.values(value).flatMap(kindsIn)];
}

export function namesOfCalls(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const node = nodeOf(value);
  const name = node?.kind === "FuncCall" ? partsOf(node.body.funcname)?.at(-1) : undefined;
  return [...(name === undefined ? [] : [name]), ...Object.values(value).flatMap(namesOfCalls)];
}
