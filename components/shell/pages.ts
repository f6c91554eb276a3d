/** The pages, in the order of the navigation. */
export interface PageLink {
  href: string;
  word: string;
  /** The question that the page answers. */
  question: string;
  /** Whether it has a place in the bar at the foot of a phone. */
  phone: boolean;
}

export const PAGES: readonly PageLink[] = [
  { href: "/", word: "Overview", question: "Is everything as it should be?", phone: true },
  { href: "/coverage", word: "Coverage", question: "What does provisioning carry?", phone: true },
  { href: "/failures", word: "Failures", question: "What fails now, and why?", phone: true },
  { href: "/offboarding", word: "Offboarding", question: "How fast do leavers lose access?", phone: true },
  { href: "/joiners", word: "Joiners", question: "How soon can new people work?", phone: false },
  { href: "/movers", word: "Movers", question: "What did moves leave behind?", phone: false },
  { href: "/dormant", word: "Dormant", question: "Which accounts should not be active?", phone: false },
  { href: "/accounts", word: "Accounts", question: "Which accounts are there?", phone: false },
  { href: "/links", word: "Who is who", question: "Which names are one person?", phone: false },
  { href: "/sources", word: "Sources", question: "What came in, and what could not be read?", phone: false },
];

/** Whether a page, or one beneath it, is the one shown. */
export const isCurrent = (href: string, path: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
