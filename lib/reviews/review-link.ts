/** Where people find a review. */

/** @param review its id. @returns an address at the public one of this installation, which NEXTAUTH_URL tells. */
export const reviewLink = (review: string): string =>
  new URL(`/reviews/${review}`, process.env.NEXTAUTH_URL || `http://localhost:${process.env.PORT || 3000}`)
    .href;
