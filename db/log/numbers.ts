/** A list of whole numbers as PostgreSQL reads one. */
export const numbers = (list: readonly number[]): string => `{${list.join(",")}}`;
