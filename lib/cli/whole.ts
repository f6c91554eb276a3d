/** An option's whole number. */
import { InvalidArgumentError } from "commander";

/** @throws {InvalidArgumentError} for what is none. */
export function whole(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number)) return number;
  throw new InvalidArgumentError("A whole number.");
}
