/** The applications of Larkspur Labs: who is given them, and how far their provisioning reaches. */
import { DAY, type Instant } from "./calendar.ts";
import type { Random } from "./random.ts";

/**
 * How accounts are made and ended. `full`: create, update, deactivate. `no-leavers`: create and update. `joiners`: create only.
 * `tasks`: by hand, each ticked off in Okta. `assigned`: by hand, nobody says when. `unmanaged`: known from sign-ins only.
 */
type Reach = "full" | "no-leavers" | "joiners" | "tasks" | "assigned" | "unmanaged";

/** How accounts that are older than the records come to be seen. */
type FirstSeen = "roll-out" | "import" | "sign-in" | "update";

export interface Application {
  name: string;
  idp: "okta" | "entra";
  /** Okta's AppInstance id, Entra's service principal id. */
  id: string;
  reach: Reach;
  /** Everybody's, or these departments', or a share of everybody. */
  everybody: boolean;
  departments: readonly string[];
  share: number;
  firstSeen: FirstSeen;
  /** Accounts hold groups of the application. */
  groups: boolean;
  /** Its sign-ins pass the identity provider. */
  signsIn: boolean;
  /** Ends accounts by deleting them. */
  deletes: boolean;
  /** From then on the connection says nothing at all. */
  silentSince: Instant | null;
  /** From then on every attempt is refused. */
  brokenSince: Instant | null;
  /** An earlier spelling of the label, and until when it stood in records. */
  formerly: { name: string; until: Instant } | null;
}

export const DEPARTMENTS = [
  "Engineering",
  "Product",
  "Design",
  "Sales",
  "Marketing",
  "Support",
  "Finance",
  "People",
  "IT",
  "Operations",
] as const;

type Sketch = Partial<Omit<Application, "id" | "idp" | "name">> & { name: string };

const BUILDERS = ["Engineering", "Product", "Design", "IT"] as const;

const OKTA: Sketch[] = [
  { name: "Slack", everybody: true, groups: true },
  { name: "Google Workspace", everybody: true, firstSeen: "import" },
  { name: "Zoom", everybody: true, firstSeen: "sign-in", deletes: true },
  { name: "GitHub Enterprise", departments: ["Engineering", "IT"], groups: true },
  { name: "Atlassian Cloud", departments: [...BUILDERS, "Support"], groups: true },
  { name: "Salesforce", departments: ["Sales", "Marketing", "Support"], groups: true },
  { name: "Figma", departments: ["Design", "Product", "Marketing"], firstSeen: "import" },
  { name: "Notion", share: 0.4 },
  { name: "Asana", departments: ["Marketing", "Operations", "People"], firstSeen: "sign-in" },
  { name: "Datadog", departments: ["Engineering", "IT"], groups: true, deletes: true },
  { name: "Snowflake", departments: ["Engineering", "Finance"], groups: true },
  { name: "PagerDuty", departments: ["Engineering", "IT", "Support"], signsIn: false },
  { name: "Box", departments: ["Finance", "People", "Sales", "Operations"] },
  { name: "Miro", share: 0.3 },
  { name: "Larkspur Cloud" },
  { name: "Dropbox Business", share: 0.12 },
  { name: "Monday.com", departments: ["Marketing", "Operations"] },
  { name: "Zendesk", departments: ["Support"] },
  { name: "Concur", share: 0.25 },
  { name: "Tableau", share: 0.12, reach: "no-leavers" },
  { name: "Expensify", share: 0.15, reach: "joiners" },
  {
    name: "Adobe Creative Cloud",
    departments: ["Design", "Marketing"],
    reach: "tasks",
    firstSeen: "sign-in",
  },
  { name: "NetSuite", departments: ["Finance", "Operations"], reach: "tasks" },
  { name: "Carta", share: 0.08, reach: "tasks" },
  { name: "LinkedIn Recruiter", departments: ["People"], reach: "assigned", signsIn: false },
  { name: "Canva", share: 0.08, reach: "unmanaged", firstSeen: "sign-in" },
  { name: "Grammarly", share: 0.06, reach: "unmanaged", firstSeen: "sign-in" },
  { name: "Calendly", share: 0.05, reach: "unmanaged", firstSeen: "sign-in" },
];

const ENTRA: Sketch[] = [
  { name: "ServiceNow", everybody: true, groups: true },
  { name: "DocuSign", everybody: true, firstSeen: "update" },
  { name: "Zscaler", everybody: true },
  { name: "Cisco Webex", share: 0.5, firstSeen: "update" },
  { name: "Smartsheet", share: 0.3, deletes: true },
  { name: "LastPass", share: 0.4 },
  { name: "BambooHR", departments: ["People", "Finance"] },
  { name: "Airtable", share: 0.25, firstSeen: "update" },
  { name: "Mural", departments: ["Product", "Design"] },
  { name: "Coupa", share: 0.2, reach: "joiners" },
  { name: "Freshservice", departments: ["IT", "Support"] },
  { name: "SAP SuccessFactors", share: 0.3 },
];

function application(idp: Application["idp"], sketch: Sketch, random: Random): Application {
  return {
    idp,
    id: idp === "okta" ? random.oktaId("0oa") : random.uuid(),
    reach: "full",
    everybody: false,
    departments: [],
    share: 0,
    firstSeen: "roll-out",
    groups: false,
    signsIn: idp === "okta",
    deletes: false,
    silentSince: null,
    brokenSince: null,
    formerly: null,
    ...sketch,
  };
}

/** All applications, with the troubles that some of them have from a planned day on. */
export function applicationsOf(random: Random, end: Instant): Application[] {
  const all = [
    ...OKTA.map((sketch) => application("okta", sketch, random)),
    ...ENTRA.map((sketch) => application("entra", sketch, random)),
  ];
  for (const one of all) {
    if (one.name === "Zendesk") one.silentSince = end - 121.3 * DAY;
    if (one.name === "Concur") one.brokenSince = end - 20.4 * DAY;
    if (one.name === "SAP SuccessFactors") one.brokenSince = end - 12.6 * DAY;
    if (one.name === "PagerDuty") one.formerly = { name: "PAGERDUTY", until: end - 200.5 * DAY };
  }
  return all;
}
