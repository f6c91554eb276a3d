/** What may befall an installation while people and programs use it. */
import type { Installation, Say } from "../installation.ts";
import type { Traffic } from "../traffic.ts";

export interface Befalling {
  at: Installation;
  traffic: Traffic;
  /** Seconds that the fault lasts. */
  seconds: number;
  say: Say;
}

export interface Fault {
  name: string;
  /** What happens, in a sentence. */
  what: string;
  /** Brings it about, and ends it again. @returns what was found wrong while it lasted, beside what the traffic notes. */
  befall(around: Befalling): Promise<string[]>;
  /** Whether something has to be told to those who ask meanwhile; else all of them are served as ever. */
  isFelt: boolean;
}
