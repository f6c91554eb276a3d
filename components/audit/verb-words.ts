/** What the acts of the audit log are called in a sentence whose subject stands before: "Anna changed a member". */
import { plain, wordIn } from "../format/words.ts";

const VERB_WORDS: Record<string, string> = {
  "acknowledge-failures": "acknowledged failures",
  "add-workspace": "made a workspace",
  "admit-member": "let a member in by the provider",
  "ask-privacy": "asked for a person's data to be withheld, shown again or erased",
  "assign-failures": "assigned failures",
  "begin-session": "signed in",
  "change-member": "changed a member",
  "close-review": "closed an access review",
  "create-sign-in-link": "made a sign-in link",
  "create-token": "made a token",
  decide: "decided who is who",
  "decide-items": "decided items of an access review",
  "delegate-items": "gave review items to another reviewer",
  "delete-view": "deleted a view",
  "end-review": "ended an access review",
  "end-sessions": "ended sessions",
  "ensure-operator": "made the operator",
  "erase-person": "erased a person's data",
  "exempt-item": "exempted an item from being revoked",
  "export-evidence": "made evidence",
  "export-person": "made a copy of a person's data",
  "hand-off-tasks": "handed tasks of an access review off",
  ingest: "sent records in",
  "invite-member": "invited a member",
  "load-sample": "loaded the sample company",
  "mark-opened": "opened items of an access review",
  "note-failure": "noted something of failures",
  "open-review": "opened an access review",
  rebuild: "worked everything out anew",
  "redeem-sign-in-link": "took a sign-in link",
  "remind-reviewers": "reminded reviewers",
  "remove-scim-connection": "removed a SCIM connection",
  "reopen-failures": "opened failures again",
  "restore-view": "brought a deleted view back",
  "revoke-token": "revoked a token",
  "run-retention": "removed old records",
  "save-view": "saved a view",
  "seal-person": "sealed a person's data",
  "send-to-tickets": "sent failures to the ticket system",
  "set-application-owner": "set who owns an application",
  "set-mapping": "set the columns of a source",
  "set-scim-connection": "set a SCIM connection",
  "set-recurrence": "set how often an access review is opened again",
  "set-retention": "set how long a source's records are kept",
  "set-sla": "set how long an application may take",
  "set-ticket-webhook": "set where tickets go",
  "snooze-failures": "snoozed failures",
  "undo-failure-decisions": "took decisions on failures back",
  "unseal-person": "unsealed a person's data",
};

/** A verb in words; one of a newer version as it stands. */
export const verbWords = (verb: string): string => wordIn(VERB_WORDS, verb, plain(verb));

/** The verbs to choose from, by their words. */
export const VERB_CHOICES: readonly { value: string; label: string }[] = Object.entries(VERB_WORDS)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => (a.label < b.label ? -1 : 1));
