/** A mapping of requests as somebody sends it. */
import { z } from "zod";
import { REQUEST_FIELDS } from "./adapters/scim/request-map.ts";

/** Some of the fields, each with the place where it stands; empty: none. */
export const REQUEST_MAP = z.partialRecord(z.enum(REQUEST_FIELDS), z.string().trim().min(1).max(200));
