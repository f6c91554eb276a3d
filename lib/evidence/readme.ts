/** `README.txt` of a pack: for the person who was handed it and has never heard of Rollcall. */
import type { Manifest } from "./manifest.ts";

/** The lines of the text. Says nothing of the time of the export, so that equal packs stay equal. */
export function* readme({
  workspace,
  asOf,
  period,
  scope,
  pseudonymised,
}: Pick<Manifest, "workspace" | "asOf" | "period" | "scope" | "pseudonymised">): Generator<string> {
  yield `EVIDENCE PACK, MADE BY ROLLCALL

Workspace    ${workspace}
As of        ${asOf}
Period       ${period.from ?? "the beginning"} to ${period.to ?? asOf}
Customer     ${scope.customer ?? "all"}
Application  ${scope.application ?? "all"}

What it answers

Does the state of every account match the source of truth, and how long did it take? The answers are as the log of
provisioning records stood at the time "as of" above.

What is in it

manifest.json    What was asked, of which sources, how complete they are, and the size and SHA-256 of every other file.
reports/         Nine reports, each as JSON (everything) and as CSV (its rows):
                   coverage     which applications are provisioned automatically, and which are not
                   failures     provisioning that failed, grouped by cause
                   offboarding  for each leaver and account, when access ended
                   dormant      accounts that nobody uses or that nobody should have (credentials: in the JSON only)
                   accounts     every account, with its state and where it came from
                   joiners      how soon joiners had a working account
                   movers       what people kept after they moved
                   completeness for each source, gaps in time and records that could not be read
                   overview     the figures of the five answers, to compare two packs by
                 The period limits offboarding to those who left in it and failures to those seen in it, and coverage
                 counts from its start (without one: 90 days). Dormant and accounts are the state at "as of".
reviews/         Each access review: how its population was made, with row count and SHA-256; what each reviewer decided, how
                 long they looked and how much they decided at once; which revokes an event shows to be done. As JSON and, its
                 items, as CSV. Only in a pack of the whole workspace.
audit.csv        Who did what in Rollcall in the period, with what was there before and after: sign-ins, decisions,
                 settings, ingests, exports. Only in a pack of the whole workspace.
records/         The records that the sources sent, one a line, byte for byte: in "raw" as text, or in "rawBase64" where they
                 are not text. "sha256" is the hash of exactly those bytes. An event's id in a report is its record's
                 "fingerprint", a colon, and a number. All records up to "as of" are here, also those from before the
                 period, since the answers rest on them.
`;
  if (scope.application !== null)
    yield `                 This pack is limited to one application: here are the records that name it, and those of its people that
                 name none: how they joined, left, and signed in at the identity provider.
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

With Rollcall:     rollcall evidence verify FILE.zip
Without Rollcall:  compare what "sha256sum" prints for each file with its "sha256" in manifest.json, for instance
                     unzip FILE.zip -d pack && cd pack
                     find . -type f ! -name manifest.json -exec sha256sum {} +
                     sha256sum manifest.json     and compare it with the hash in the zip's comment: unzip -z FILE.zip

What a successful check proves

- No byte of the pack has changed since it was exported, no file was added, taken out or swapped.
- Every record has the SHA-256 that stands beside it, which Rollcall took when the record arrived.
- The reports have as many rows as the manifest says, the same in JSON and CSV.

What it does not prove

- Who made the pack. It is not signed: somebody who rewrites the files, the manifest and the zip's comment can make
  a pack that passes. Ask the person who exported it for the SHA-256 of the zip by another way, and compare.
- That the sources sent every record. The manifest says for each source how many records there are, from when to when,
  and how many could not be read.
- That what a source wrote is true.

Zip entries all carry the same date, so that two exports of the same scope and "as of" differ only in "createdAt" and in
what follows from it.
`;
}
