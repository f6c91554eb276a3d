/** What is read of an application's answers during a drill. Pure: whatever is answered, nothing is thrown. */
import { z } from "zod";

const Flag = z.union([z.boolean(), z.string().transform((text) => text.toLowerCase() === "true")]);
const Text = z.string().nullish().catch(null);

const USER = z.object({
  id: z.string().min(1).max(1_000),
  userName: Text,
  externalId: Text,
  displayName: Text,
  title: Text,
  active: Flag.nullish().catch(null),
});
const GROUP = z.object({
  id: z.string().min(1).max(1_000),
  displayName: Text,
  members: z
    .array(z.object({ value: z.string() }))
    .nullish()
    .catch(null),
});

export type UserThere = z.infer<typeof USER>;
export type GroupThere = z.infer<typeof GROUP>;

export const userIn = (json: unknown): UserThere | null => USER.safeParse(json).data ?? null;
export const groupIn = (json: unknown): GroupThere | null => GROUP.safeParse(json).data ?? null;

const LIST = z.object({ Resources: z.array(z.unknown()).nullish() });

/** The resources of a list; none where it is no list. */
const listed = (json: unknown): unknown[] => LIST.safeParse(json).data?.Resources ?? [];
export const usersIn = (json: unknown): UserThere[] =>
  listed(json)
    .map(userIn)
    .filter((user) => user !== null);
export const groupsIn = (json: unknown): GroupThere[] =>
  listed(json)
    .map(groupIn)
    .filter((group) => group !== null);

/** Names are not told apart by case (RFC 7643 §4.1.1). */
export const sameName = (a: string | null | undefined, b: string): boolean =>
  a?.toLowerCase() === b.toLowerCase();

const ERROR = z.object({ detail: z.string().nullish(), scimType: z.string().nullish() });

/** What an error says beside its status; empty where it says nothing. */
export function detailIn(json: unknown): string {
  const { detail, scimType } = ERROR.safeParse(json).data ?? {};
  return [scimType, detail].filter((text) => text != null && text !== "").join(", ");
}
