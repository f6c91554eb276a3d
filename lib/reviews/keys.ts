/** By what an item is known: the same thing has the same key in every review. Pure. */

/** @param application key of the application. @param account the account's id there, else its user name. */
export const accountItemKey = (application: string, account: string): string =>
  `account:${encodeURIComponent(application)}:${account}`;

export const credentialItemKey = (id: string): string => `credential:${id}`;
