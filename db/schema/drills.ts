/** Drills: what is set of them for an application, when it is its turn, and what each has made there. */
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Cleaned } from "../../lib/drills/clean-up.ts";
import type { Followed } from "../../lib/drills/follow.ts";
import type { DrillState, GroupWish } from "../../lib/drills/state.ts";
import { instant, workspaceId } from "./columns.ts";

/** As people have set it. */
export const drillSettings = pgTable(
  "drill_settings",
  {
    workspaceId: workspaceId(),
    /** Key of the application. */
    application: text("application").notNull(),
    label: text("label").notNull(),
    /** Whether test accounts may be made there. */
    active: boolean("active").notNull(),
    /** Null: by hand alone. */
    everyHours: integer("every_hours"),
    /** Of the test accounts' user names. */
    domain: text("domain").notNull(),
    groupWish: jsonb("group_wish").$type<GroupWish>().notNull(),
    /** User name of a test person whom the identity provider provisions; null: nobody is followed. */
    follow: text("follow"),
    /** Hours after which what has not come is overdue. */
    followHours: integer("follow_hours").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);

/** Whose turn it is when. */
export const drillTurns = pgTable(
  "drill_turns",
  {
    workspaceId: workspaceId(),
    application: text("application").notNull(),
    /** Null: when somebody asks. */
    nextRunAt: instant("next_run_at"),
    /** Who asked for that run; null: the schedule. */
    askedBy: text("asked_by"),
    /** When it is looked how the followed person fares. */
    lookAt: instant("look_at"),
    followed: jsonb("followed").$type<Followed>(),
    /** Why the last turn came to nothing, in a sentence. */
    problem: text("problem"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);

export const drills = pgTable(
  "drills",
  {
    workspaceId: workspaceId(),
    drill: uuid("drill").notNull(),
    application: text("application").notNull(),
    label: text("label").notNull(),
    /** User name of the test account. */
    identity: text("identity").notNull(),
    askedBy: text("asked_by"),
    /** Written before each request: what may be there from then on. */
    state: jsonb("state").$type<DrillState>().notNull(),
    startedAt: instant("started_at").notNull(),
    /** When its trial went into the log. */
    keptAt: instant("kept_at"),
    /** When nothing was left of it, and how. */
    cleanedAt: instant("cleaned_at"),
    cleaned: text("cleaned").$type<Cleaned | "by-hand">(),
    /** Of cleaning up. */
    tries: integer("tries").notNull(),
    nextTryAt: instant("next_try_at"),
    problem: text("problem"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.drill] }),
    index("drills_by_application").on(t.workspaceId, t.application, t.startedAt),
  ],
);
