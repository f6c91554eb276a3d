/** What opens a review, in a sentence. */
export const EXPECTED_REVIEW =
  "Send name, dueAt and fallback as JSON, and as you like scope, asOf, rules, named, secondShare, second and every; docs/reviews.md says what they mean.";
