/** What is planted: which ends and beginnings must occur, how often at scale 1, how many days ago, and with which trouble. */
import { ENTRA_FAULTS, OKTA_FAULTS } from "./faults.ts";
import type { Trouble } from "./story/delivery.ts";

/** What somebody's leaving is meant to show. */
export type ExitKind =
  | "prompt"
  | "today"
  | "retried"
  | "ticked-off"
  | "failing"
  | "forgotten"
  | "early"
  | "long-before"
  | "rehired-soon"
  | "rehired-later"
  | "left-again"
  | "suspended-first"
  | "suspended-back"
  | "suspended-still"
  | "suspended-today"
  | "deleted"
  | "access-after"
  | "token-after"
  | "token-revoked"
  | "late-create"
  | "skipped-first";

interface Story {
  count: number;
  /** Between so many days before the end and so many. */
  days: [number, number];
  /** Applications that the person must have for it. */
  needs: string[];
}

export interface ExitStory extends Story {
  kind: ExitKind;
}

/** A joiner or mover whose change meets trouble; keys are an application's name and an action. */
export interface ChangeStory extends Story {
  troubles: Record<string, Trouble>;
}

export const OKTA_EXITS: ExitStory[] = [
  { kind: "today", count: 2, days: [0.4, 0.8], needs: ["NetSuite"] },
  { kind: "retried", count: 5, days: [4, 85], needs: ["GitHub Enterprise", "Notion"] },
  { kind: "ticked-off", count: 2, days: [10, 85], needs: ["Box"] },
  { kind: "failing", count: 4, days: [5, 200], needs: ["Dropbox Business"] },
  { kind: "forgotten", count: 5, days: [10, 200], needs: ["Carta", "Asana"] },
  { kind: "early", count: 4, days: [10, 300], needs: ["Notion", "Miro"] },
  { kind: "long-before", count: 2, days: [10, 300], needs: ["Miro"] },
  { kind: "rehired-soon", count: 3, days: [40, 330], needs: ["NetSuite", "Adobe Creative Cloud"] },
  { kind: "rehired-later", count: 2, days: [150, 330], needs: ["Carta"] },
  { kind: "left-again", count: 2, days: [230, 330], needs: ["Notion"] },
  { kind: "suspended-first", count: 3, days: [15, 330], needs: ["Miro"] },
  { kind: "suspended-back", count: 2, days: [70, 330], needs: ["Notion"] },
  { kind: "suspended-still", count: 1, days: [9, 14], needs: ["Carta"] },
  { kind: "suspended-today", count: 1, days: [0.3, 0.7], needs: ["Carta"] },
  { kind: "deleted", count: 2, days: [20, 300], needs: [] },
  { kind: "access-after", count: 3, days: [12, 250], needs: ["Adobe Creative Cloud"] },
  { kind: "token-after", count: 1, days: [30, 80], needs: ["Datadog"] },
  { kind: "token-revoked", count: 1, days: [30, 80], needs: ["Datadog"] },
  { kind: "late-create", count: 2, days: [20, 80], needs: [] },
];

export const ENTRA_EXITS: ExitStory[] = [
  { kind: "failing", count: 3, days: [6, 60], needs: ["Freshservice"] },
  { kind: "early", count: 2, days: [10, 80], needs: ["Mural"] },
  { kind: "rehired-soon", count: 2, days: [40, 200], needs: ["Coupa"] },
  { kind: "skipped-first", count: 3, days: [10, 200], needs: ["LastPass"] },
  { kind: "retried", count: 2, days: [10, 80], needs: ["Airtable"] },
];

const never = { times: 3, forGood: true };

export const OKTA_JOINERS: ChangeStory[] = [
  {
    count: 2,
    days: [9, 11],
    needs: ["Salesforce"],
    troubles: { "Salesforce create": { fault: OKTA_FAULTS.licence, ...never } },
  },
  {
    count: 3,
    days: [15, 70],
    needs: ["GitHub Enterprise"],
    troubles: { "GitHub Enterprise create": { fault: OKTA_FAULTS.conflict, ...never } },
  },
  {
    count: 4,
    days: [10, 85],
    needs: ["Notion", "Figma"],
    troubles: {
      "Notion create": { fault: OKTA_FAULTS.conflict, times: 2 },
      "Figma create": { fault: OKTA_FAULTS.missing, times: 1 },
    },
  },
  {
    count: 2,
    days: [5, 80],
    needs: ["Atlassian Cloud", "Zoom"],
    troubles: { "Atlassian Cloud create": { fault: OKTA_FAULTS.timeout, times: 3 } },
  },
  // The connection to Concur is refused since twenty days.
  { count: 2, days: [6, 18], needs: ["Concur"], troubles: {} },
];

export const ENTRA_JOINERS: ChangeStory[] = [
  {
    count: 2,
    days: [12, 60],
    needs: [],
    troubles: { "ServiceNow create": { fault: ENTRA_FAULTS.conflict, ...never } },
  },
  {
    count: 2,
    days: [12, 80],
    needs: ["LastPass"],
    troubles: {
      "LastPass create": { fault: ENTRA_FAULTS.licence, times: 2 },
      "Zscaler create": { fault: ENTRA_FAULTS.timeout, times: 2 },
    },
  },
  {
    count: 2,
    days: [20, 80],
    needs: ["BambooHR"],
    troubles: { "BambooHR create": { fault: ENTRA_FAULTS.missing, ...never } },
  },
  // The job of SAP SuccessFactors is in quarantine since twelve days.
  { count: 2, days: [4, 11], needs: ["SAP SuccessFactors"], troubles: {} },
];

export const OKTA_MOVERS: ChangeStory[] = [
  {
    count: 6,
    days: [8, 86],
    needs: ["Monday.com"],
    troubles: { "Monday.com update": { fault: OKTA_FAULTS.missing, times: 2, forGood: true } },
  },
  // Not old enough to be stale, but more than one in twenty of those tried.
  {
    count: 4,
    days: [1.5, 2.4],
    needs: ["Asana"],
    troubles: { "Asana update": { fault: OKTA_FAULTS.server, times: 2, forGood: true } },
  },
  {
    count: 3,
    days: [10, 80],
    needs: ["Datadog"],
    troubles: { "Datadog member-add": { fault: OKTA_FAULTS.notFound, times: 2, forGood: true } },
  },
];
