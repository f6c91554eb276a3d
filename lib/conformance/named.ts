/** An application as its schedule is kept. */
import { applicationKey } from "../lifecycle/refs.ts";
import { ConformanceProblem } from "./problem.ts";

const LONGEST = 500;

/** @returns its key. @throws {ConformanceProblem} for what is no application's name. */
export function applicationNamed(label: string): string {
  if (label.trim() !== "" && label.length <= LONGEST && !label.includes("\0")) return applicationKey(label);
  throw new ConformanceProblem("unknown-application", "No application is called so.");
}
