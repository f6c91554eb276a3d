/** All checks, in the order in which they are tried: questions first, the test user's end last. */
import type { Check } from "../check.ts";
import { BULK } from "./bulk.ts";
import { CREATING } from "./creating.ts";
import { DISCOVERY } from "./discovery.ts";
import { ERRORS, ERRORS_OF_CHANGES } from "./errors.ts";
import { ETAGS } from "./etags.ts";
import { EXTENSIONS } from "./extensions.ts";
import { FILTERS } from "./filters.ts";
import { GROUPS } from "./groups.ts";
import { IDEMPOTENCE } from "./idempotence.ts";
import { DEACTIVATION, DELETION } from "./leaving.ts";
import { PAGING } from "./paging.ts";
import { PATCH } from "./patch.ts";
import { PUT } from "./put.ts";
import { READING } from "./reading.ts";

export const CHECKS: readonly Check[] = [
  ...DISCOVERY,
  ...READING,
  ...FILTERS,
  ...PAGING,
  ...ERRORS,
  ...CREATING,
  ...EXTENSIONS,
  ...PATCH,
  ...ERRORS_OF_CHANGES,
  ...PUT,
  ...ETAGS,
  ...GROUPS,
  ...BULK,
  ...DEACTIVATION,
  ...DELETION,
  ...IDEMPOTENCE,
];
