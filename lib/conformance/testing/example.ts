/** A report, for tests. */
import type { ConformanceReport, Finding } from "../finding.ts";
import { reportOf } from "../report.ts";

const finding = (part: Partial<Finding> & Pick<Finding, "id" | "theme" | "title" | "verdict">): Finding => ({
  requirement: { document: "RFC 7644", section: "3.4.2.2", level: "MUST" },
  severity: "high",
  said: null,
  mend: null,
  exchanges: [],
  capability: null,
  ...part,
});

export const EXAMPLE: ConformanceReport = reportOf(
  {
    id: "11111111-1111-4111-8111-111111111111",
    application: "Team Chat",
    service: "https://chat.example/scim/v2",
    level: "write",
    startedAt: "2026-03-02T10:00:00.000Z",
    endedAt: "2026-03-02T10:02:00.000Z",
    requests: 170,
    identity: "rollcall-check-11111111@example.invalid",
    stopped: null,
    leftOver: [{ type: "User", id: "7f3c", why: "DELETE was answered with HTTP 500." }],
  },
  [
    finding({
      id: "filters.user-name",
      theme: "filters",
      title: "A user is found by userName eq",
      verdict: "passed",
      exchanges: [
        {
          method: "GET",
          path: "/Users?filter=userName%20eq%20%22{userName}%22",
          body: null,
          ifMatch: null,
          status: 200,
          headers: {},
          answer: null,
        },
      ],
    }),
    finding({
      id: "patch.string-boolean",
      theme: "patch",
      title: '"False" as a text, as Entra sends it',
      verdict: "warning",
      requirement: { document: "RFC 7644", section: "3.5.2", level: "MAY", practice: "Microsoft Entra" },
      said: "It answered HTTP 400 to the PATCH.",
      mend: 'Understand "True" and "False" as values of booleans.',
    }),
    finding({
      id: "patch.no-path",
      theme: "patch",
      title: "replace without a path, as Okta sends it",
      verdict: "failed",
      requirement: { document: "RFC 7644", section: "3.5.2.3", level: "MUST" },
      said: "It was answered as done, and is not so when the user is read again.",
      mend: "Without a path, replace each attribute that the value has.",
      exchanges: [
        {
          method: "PATCH",
          path: "/Users/7f3c",
          body: '{"Operations":[{"op":"replace","value":{"displayName":"Rollcall Check"}}]}',
          ifMatch: null,
          status: 200,
          headers: { "content-type": "application/scim+json" },
          answer: '{"id":"7f3c","displayName":"‹text›"}',
        },
      ],
    }),
  ],
);
