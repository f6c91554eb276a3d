/** Where people find a page. */

/** @param path with its first slash. @returns an address at the public one of this installation, which NEXTAUTH_URL tells. */
export const pageLink = (path: string): string =>
  new URL(path, process.env.NEXTAUTH_URL || `http://localhost:${process.env.PORT || 3000}`).href;
