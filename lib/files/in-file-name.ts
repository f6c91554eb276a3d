/** Names of anything as parts of files' names. */

/** At most sixty letters, digits, underscores and dashes of a text, whatever it holds; accents are taken off. */
export const inFileName = (text: string): string =>
  text
    .normalize("NFKD")
    .split(/[^\w-]+/u)
    .filter((part) => part !== "")
    .join("-")
    .slice(0, 60);
