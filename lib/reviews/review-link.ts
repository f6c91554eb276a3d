/** Where people find a review. */
import { pageLink } from "../net/page-link.ts";

/** @param review its id. */
export const reviewLink = (review: string): string => pageLink(`/reviews/${review}`);
