/** What an item is called in a sentence. */
import type { FrozenItem } from "./records.ts";

/** Like `dan@example.com in Slack`. */
export const itemName = ({
  userName,
  account,
  application,
}: Pick<FrozenItem, "userName" | "account" | "application">): string =>
  `${userName ?? account} in ${application}`;
