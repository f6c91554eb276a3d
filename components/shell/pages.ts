import type { Permission } from "../../lib/auth/permissions.ts";

/** The pages, in the order of the navigation. */
export interface PageLink {
  href: string;
  word: string;
  /** The question that the page answers. */
  question: string;
  /** Without it the page is not theirs. */
  permission: Permission;
  /** Whether it has a place in the bar at the foot of a phone. */
  phone: boolean;
}

export const PAGES: readonly PageLink[] = [
  {
    href: "/",
    word: "Overview",
    question: "Is everything as it should be?",
    permission: "read",
    phone: true,
  },
  {
    href: "/coverage",
    word: "Coverage",
    question: "What does provisioning carry?",
    permission: "read",
    phone: true,
  },
  {
    href: "/failures",
    word: "Failures",
    question: "What fails now, and why?",
    permission: "read",
    phone: true,
  },
  {
    href: "/offboarding",
    word: "Offboarding",
    question: "How fast do leavers lose access?",
    permission: "read",
    phone: true,
  },
  {
    href: "/reconciliation",
    word: "Reconciliation",
    question: "Do applications show what they should?",
    permission: "read",
    phone: false,
  },
  {
    href: "/joiners",
    word: "Joiners",
    question: "How soon can new people work?",
    permission: "read",
    phone: false,
  },
  {
    href: "/movers",
    word: "Movers",
    question: "What did moves leave behind?",
    permission: "read",
    phone: false,
  },
  {
    href: "/dormant",
    word: "Dormant",
    question: "Which accounts should not be active?",
    permission: "read",
    phone: false,
  },
  {
    href: "/accounts",
    word: "Accounts",
    question: "Which accounts are there?",
    permission: "read",
    phone: false,
  },
  {
    href: "/reviews",
    word: "Reviews",
    question: "Does everybody still need what they have?",
    permission: "see-reviews",
    phone: false,
  },
  {
    href: "/links",
    word: "Who is who",
    question: "Which names are one person?",
    permission: "workspace",
    phone: false,
  },
  {
    href: "/alerts",
    word: "Alerts",
    question: "What calls for somebody, and who is told?",
    permission: "workspace",
    phone: false,
  },
  {
    href: "/sources",
    word: "Sources",
    question: "What came in, and what could not be read?",
    permission: "read",
    phone: false,
  },
  {
    href: "/evidence",
    word: "Evidence",
    question: "What can be proved to others?",
    permission: "evidence",
    phone: false,
  },
  { href: "/access", word: "Access", question: "Who may come in here?", permission: "tokens", phone: false },
  {
    href: "/shares",
    word: "Sharing",
    question: "Who else sees something of it?",
    permission: "share",
    phone: false,
  },
  { href: "/audit", word: "Audit log", question: "Who did what here?", permission: "audit", phone: false },
];

/** Those in the bar at the foot of a phone: whoever has few pages has them all there. */
export function phonePages(pages: readonly PageLink[]): readonly PageLink[] {
  const usual = pages.filter(({ phone }) => phone);
  return usual.length === 0 ? pages.slice(0, 4) : usual;
}

/** Whether a page, or one beneath it, is the one shown. */
export const isCurrent = (href: string, path: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
