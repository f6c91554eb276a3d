/** Which tables are in a backup. */

/** Keys that each database has of its own: the migrations make them, and a process reads them when it starts. */
const KEYS = ["scope_keys"];

/** All tables but those of keys. */
export const backedUp = ({ name }: { name: string }): boolean => !KEYS.includes(name);
