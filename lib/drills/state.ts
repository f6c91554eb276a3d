/** Where a drill is: plain data, kept in the database before each request. Pure. */
import type { Ending } from "../scim/end-access.ts";
import type { TrialStep } from "../trials/record.ts";

/** Which group the test account is put into: none, one of the application's by its name, or one made for the drill. */
export type GroupWish = { kind: "none" } | { kind: "named"; name: string } | { kind: "own" };

/** What marks everything that a drill makes as its own. */
export interface Marks {
  userName: string;
  externalId: string;
  /** Of a group that is made for the drill. */
  groupName: string;
}

export type StepName =
  | "create"
  | "find"
  | "change"
  | "group"
  | "enter"
  | "leave"
  | "deactivate"
  | "reactivate"
  | "delete"
  | "retire"
  | "remove-group";

export interface DrillState {
  marks: Marks;
  group: GroupWish;
  ending: Ending;
  /** The step that is done now; null: all are done. */
  step: StepName | null;
  /** Whether what the step asks for has been sent, and when; null: not yet. */
  sent: { at: number; status: number } | null;
  /** How often it has been looked whether it shows. */
  looks: number;
  /** The account may be there: its making has been asked for, and it is not known to be gone. */
  mayExist: boolean;
  /** Its id at the application, once that is known. */
  user: string | null;
  /** The group at the application, once it is known. */
  groupThere: { id: string; own: boolean } | null;
  /** The drill's own group may be there. */
  groupMayExist: boolean;
  /** The account may be a member of the group. */
  mayBeMember: boolean;
  steps: TrialStep[];
}

/** All that a drill makes is named so; nothing that is named otherwise is ever changed. */
const PREFIX = "rollcall-drill";

/**
 * @param id of the drill, a UUID.
 * @param random eight hexadecimal digits.
 * @param domain of the user name.
 */
export const marksOf = (workspace: string, id: string, random: string, domain: string): Marks => ({
  userName: `${PREFIX}-${random}@${domain}`,
  externalId: `${PREFIX}:${workspace}:${id}`,
  groupName: `${PREFIX}-${random}`,
});

export const firstState = (marks: Marks, group: GroupWish, ending: Ending): DrillState => ({
  marks,
  group,
  ending,
  step: "create",
  sent: null,
  looks: 0,
  mayExist: false,
  user: null,
  groupThere: null,
  groupMayExist: false,
  mayBeMember: false,
  steps: [],
});
