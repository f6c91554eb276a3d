/** What a trial has shown, in words. */
import type { CellTrial } from "../../lib/reports/contract.ts";
import { day } from "./time.ts";

const WORDS: Readonly<Record<CellTrial["kind"], Record<CellTrial["verdict"], string>>> = {
  drill: { passed: "proved by drill", failed: "failed a drill" },
  followed: { passed: "proved by a followed test person", failed: "failed for a followed test person" },
  conformance: { passed: "proved by a conformance check", failed: "failed a conformance check" },
};

/** `proved by drill on 20 Nov 2026`. */
export const trialWords = ({ kind, verdict, at }: CellTrial): string =>
  `${WORDS[kind][verdict]} on ${day(at)}`;
