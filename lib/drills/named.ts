/** An application as its drills are kept. */
import { applicationKey } from "../lifecycle/refs.ts";
import { DrillProblem } from "./problem.ts";

const LONGEST = 500;

/** @returns its key. @throws {DrillProblem} for what is no application's name. */
export function applicationNamed(label: string): string {
  if (label.trim() !== "" && label.length <= LONGEST && !label.includes("\0")) return applicationKey(label);
  throw new DrillProblem("unknown-application", "No application is called so.");
}
