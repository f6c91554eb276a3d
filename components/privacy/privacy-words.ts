/** What withholding a person's data is called, and what it does: said before it is done. */
import type { IdentityReport } from "../../lib/reports/contract.ts";

export type PrivacyVerb = "seal" | "unseal" | "erase";

interface Words {
  /** On the button. */
  act: string;
  title: string;
  /** What happens. */
  means: readonly string[];
  /** Whether a reason has to be given. */
  reason: boolean;
}

export const PRIVACY_WORDS: Record<PrivacyVerb, Words> = {
  seal: {
    act: "Withhold data",
    title: "Withhold this person's data?",
    means: [
      "Every record that concerns them is encrypted with a key of their own, and a pseudonym stands wherever they are named: in records, reports, reviews and the audit log.",
      "Figures, hashes and proofs stay as they are. It can be taken back.",
      "Backups and packs made before still hold the data.",
    ],
    reason: true,
  },
  unseal: {
    act: "Show data again",
    title: "Show this person's data again?",
    means: [
      "Every record and every name is what it was before. The key is destroyed, as nothing is left for it to open.",
    ],
    reason: false,
  },
  erase: {
    act: "Erase data",
    title: "Erase this person's data for good?",
    means: [
      "The key of their records is destroyed. Nobody can read them again, and nobody can take this back; no backup made since they were withheld holds the key.",
      "The pseudonym, the figures, hashes and proofs stay.",
      "Backups and packs from before they were withheld still hold the data: they have to go apart.",
    ],
    reason: true,
  },
};

/** The acts that make sense in a state, the gentler first. */
export const actsIn = (withheld: IdentityReport["withheld"]): readonly PrivacyVerb[] => {
  if (withheld === null) return ["seal"];
  return withheld.state === "sealed" ? ["unseal", "erase"] : [];
};
