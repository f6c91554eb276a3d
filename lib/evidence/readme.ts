/** `README.txt` of a pack: for the person who was handed it and has never heard of Rollcall. */
import { PRINTED_ROWS } from "./digest.ts";
import type { Manifest } from "./manifest.ts";

/** The lines of the text. Says nothing of the time of the export, so that equal packs stay equal. */
export function* readme({
  workspace,
  asOf,
  period,
  scope,
  template,
  pseudonymised,
}: Pick<
  Manifest,
  "workspace" | "asOf" | "period" | "scope" | "template" | "pseudonymised"
>): Generator<string> {
  yield `EVIDENCE PACK, MADE BY ROLLCALL

Workspace    ${workspace}
As of        ${asOf}
Period       ${period.from ?? "the beginning"} to ${period.to ?? asOf}
Customer     ${scope.customer ?? "all"}
Application  ${scope.application ?? "all"}
Review       ${scope.review ?? "all"}

What it answers

Does the state of every account match the source of truth, and how long did it take? The answers are as the log of
provisioning records stood at the time "as of" above.

What is in it

report.pdf       To read first: how complete the records are, the answers with their figures, what is open, and what a check
                 of this pack proves. Its tables are cut after ${PRINTED_ROWS} rows.
manifest.json    What was asked, of which sources, how complete they are, and the size and SHA-256 of every other file.
reports/         Ten reports, each as JSON (everything) and as CSV (its rows):
                   coverage     which applications are provisioned automatically, and which are not
                   failures     provisioning that failed, grouped by cause
                   offboarding  for each leaver and account, when access ended
                   dormant      accounts that nobody uses or that nobody should have (credentials: in the JSON only)
                   accounts     every account, with its state and where it came from
                   joiners      how soon joiners had a working account
                   movers       what people kept after they moved
                   reconciliation  where applications themselves show accounts otherwise than they should be
                   completeness for each source, gaps in time and records that could not be read
                   overview     the figures of the five answers, to compare two packs by
                 The period limits offboarding to those who left in it and failures to those seen in it, and coverage
                 counts from its start (without one: 90 days). Dormant and accounts are the state at "as of".
reviews/         Each access review: how its population was made, with row count and SHA-256; what each reviewer decided, how
                 long they looked and how much they decided at once; which revokes an event shows to be done. As JSON and, its
                 items, as CSV. Only in a pack of the whole workspace.
controls.json    Which files answer which part of a control (SOC 2, ISO/IEC 27001, NIST SP 800-53, PCI DSS, HIPAA), and what
controls.csv     they don't answer. No control is claimed to be met.
oscal-assessment-results.json
                 The same findings as OSCAL 1.1.3 assessment results, for tools that read them.
audit.csv        Who did what in Rollcall in the period, with what was there before and after: sign-ins, decisions,
                 settings, ingests, exports. Only in a pack of the whole workspace.
records/         The records that the sources sent, one a line, byte for byte: in "raw" as text, or in "rawBase64" where they
                 are not text. "sha256" is the hash of exactly those bytes. An event's id in a report is its record's
                 "fingerprint", a colon, and a number. All records up to "as of" are here, also those from before the
                 period, since the answers rest on them.
`;
  if (template?.name === "assurance-letter")
    yield `letter.pdf       A letter of one page for the customer.
`;
  if (template?.name === "offboarding-sample")
    yield `sample.json      ${template.parameters.sample} leavers of the period, drawn by the seed ${JSON.stringify(template.parameters.seed)}: everybody who left, in the order
sample.csv       of the SHA-256 of the seed followed by their id; the first of them with each application, and the events that
                 show when they left and when access ended. Draw it again: sample.json says how.
`;
  if (scope.review !== null)
    yield `                 This pack is of one access review: reports and records are of its people, at its applications; here too is
                 what was done in the review.
`;
  if (scope.application !== null)
    yield `                 This pack is limited to one application: here are the records that name it, and those of its people that
                 name none: how they joined, left, and signed in at the identity provider.
`;
  yield `log/             What ties the records to the log:
                   checkpoint          how many records the log has and the root of its Merkle tree, signed
                   keys.txt            the keys that sign
                   inclusion.txt       with the records: the proof that each is in the log, at its place "leaf"
                   consistency.ndjson  proofs that the log continues each of its earlier signed states
manifest.sig     The signature of manifest.json.
verify.mjs       Checks all of it; one file that needs Node.js and nothing else.
`;
  if (pseudonymised)
    yield `
People

People stand by pseudonyms ("anon-" and twenty characters): names, addresses, ids and titles, the same for the same person in
all files of this pack and in later ones for the same customer. Sentences of vendors and notes of people are withheld, and so are the
records' bytes: "normal" on a record's line is what was read from it, "sha256" the hash of the bytes, by which whoever
has the record can tell that it was there.
`;
  yield `
How to check it

With this pack:    node verify.mjs FILE.zip --key KEY      (unpack verify.mjs first, or take it from Rollcall's source)
With Rollcall:     rollcall evidence verify FILE.zip --key KEY
With an earlier pack, or a checkpoint that you kept:  add --against EARLIER.zip, or --checkpoint FILE

KEY is a line of log/keys.txt. Ask whoever gave you the pack for it by another way than the pack came: a pack made by
somebody else carries somebody else's key.

Each check says what it proves and what it does not. Above all: that the sources sent every record, and that what they
wrote is true, no proof can say. manifest.json says for each source how many records there are, from when to when, which
gaps there are in time, and how many records could not be read.

Zip entries all carry the same date, so that two exports of the same scope and "as of", of the same log, differ only in
"createdAt" and in the signature of the manifest.
`;
}
