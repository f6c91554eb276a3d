/** The order in which tables are filled, so that no row comes before the one it points to. */

/**
 * @param references tables whose rows point to rows of other tables.
 * @returns the names, each behind all it points to; those that point to each other in a circle come last, as they were.
 */
export function loadOrder(
  names: readonly string[],
  references: readonly { from: string; to: string }[],
): string[] {
  const ordered: string[] = [];
  let rest = [...names];
  while (rest.length > 0) {
    const ready = rest.filter(
      (name) => !references.some(({ from, to }) => from === name && to !== name && rest.includes(to)),
    );
    if (ready.length === 0) return [...ordered, ...rest];
    ordered.push(...ready);
    rest = rest.filter((name) => !ready.includes(name));
  }
  return ordered;
}
