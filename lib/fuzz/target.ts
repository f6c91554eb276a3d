/** What is fuzzed: something that takes hostile input and must keep a promise. */
import type { Random } from "../sample/random.ts";

/** One input and what must hold of it. */
export interface Case {
  /** As a finding shows it: a JSON value, or bytes. */
  input: unknown;
  /** @throws whatever is wrong; a promise that is broken is a {@link Broken}. */
  run(): void | Promise<void>;
}

export interface Target {
  name: string;
  next(random: Random): Case;
  /** What has to hold after all cases. */
  end?(): Promise<void>;
}

/** A promise that did not hold, in a sentence. */
export class Broken extends Error {
  override name = "Broken";
}

/** @throws {Broken} */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Broken(sentence);
}

const INHERITED = Object.getOwnPropertyNames(Object.prototype).sort().join();
const OF_LISTS = Object.getOwnPropertyNames(Array.prototype).sort().join();

/** Whether what every object inherits is as it was. @throws {Broken} */
export function mustInheritNothing(): void {
  must(
    Object.getOwnPropertyNames(Object.prototype).sort().join() === INHERITED &&
      Object.getOwnPropertyNames(Array.prototype).sort().join() === OF_LISTS,
    "What every object inherits was changed.",
  );
}
