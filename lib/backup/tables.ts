/** Which tables are in a backup. */

/** Keys that each database has of its own: the migrations make them, and a process reads them when it starts. */
const KEYS = ["scope_keys"];

/** Reports as they were worked out, what is wished of them, and copies of records: made again when they are asked for. */
const WORKED_OUT = [
  "subject_records",
  "record_coverages",
  "report_editions",
  "report_blocks",
  "report_wishes",
  "report_builds",
];

/** All tables but those of keys and of what is worked out again by itself. */
export const backedUp = ({ name }: { name: string }): boolean => ![...KEYS, ...WORKED_OUT].includes(name);
