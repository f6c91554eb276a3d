/** Text of strangers in a CSV, which people open with spreadsheets. */

/**
 * What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"): `=`, `+`, `-`, `@` and their full-width
 * forms, tab and line ends; also behind white space and quotes, which some programs take off before they look.
 */
const FORMULA = /^[\s"'\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** The text as it stands, with an apostrophe in front where it could be run as a formula. */
export const neutralised = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
