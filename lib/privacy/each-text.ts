/** Changes each text within a value of JSON, and leaves its keys, numbers and order alone. Pure. */
export function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((member) => eachText(member, change));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, eachText(member, change)]));
  return value;
}
