/** Which members of an object hold records: `{"value": […]}` and its kin, and an event hook's `{"data": {"events": […]}}`. */

/** Where a member stands: in the wrapper itself, or in its `data`. */
export type Level = "wrapper" | "data";

const ARRAYS: Record<Level, readonly string[]> = {
  wrapper: ["value", "data", "events", "records", "items"],
  data: ["events"],
};

/** Whether the array under this key holds records. */
export const holdsRecords = (key: string, level: Level): boolean => ARRAYS[level].includes(key);

/** Whether the object under this key may hold an array of records. */
export const leadsToRecords = (key: string, level: Level): boolean => level === "wrapper" && key === "data";

/** Whether a parsed object has a member that holds records. */
export function looksWrapped(value: object): boolean {
  const members = value as Record<string, unknown>;
  const data = members.data;
  return (
    ARRAYS.wrapper.some((key) => Array.isArray(members[key])) ||
    (typeof data === "object" &&
      data !== null &&
      ARRAYS.data.some((key) => Array.isArray((data as Record<string, unknown>)[key])))
  );
}
