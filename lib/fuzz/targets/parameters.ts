/** What people type: parameters of reports, cursors of pages, columns of tables. */
import { exportTable } from "../../ingest/adapters/export/columns.ts";
import { hrTable } from "../../ingest/adapters/hr/columns.ts";
import { columnsOf } from "../../ingest/adapters/table.ts";
import { parsePage } from "../../reports/page.ts";
import { ParamProblem, parseParams } from "../../reports/params.ts";
import type { Random } from "../../sample/random.ts";
import { PARAMETERS, TEXTS } from "../mutate.ts";
import { must, mustInheritNothing, type Target } from "../target.ts";

const NAMES = [...PARAMETERS, "__proto__", "constructor"];
const VALUES = [
  "2026-03-31",
  "2026-03-31T09:00:00Z",
  "10",
  "9999-12-31T23:59:59-23:59",
  "0000-01-01",
  "1e3",
  "eyJ9",
];

const textFor = (random: Random) => random.pick(random.chance(0.5) ? VALUES : TEXTS);

/** As from a query string: any name, any text. */
function rawFor(random: Random): Record<string, string> {
  const pairs = Array.from(
    { length: random.int(0, 6) },
    () => [random.pick(NAMES), textFor(random)] as const,
  );
  return Object.fromEntries(pairs);
}

function checkParams(raw: Record<string, string>): void {
  for (const parse of [parseParams, parsePage]) {
    try {
      const read: object | null = parse(raw);
      if (read === null) continue;
      must(Object.getPrototypeOf(read) === Object.prototype, "The parameters inherit what they should not.");
      for (const value of Object.values(read)) {
        must(typeof value !== "number" || Number.isFinite(value), `A parameter became ${value}.`);
        must(
          typeof value !== "string" || !value.includes("\u0000"),
          "A parameter holds what PostgreSQL can't.",
        );
      }
    } catch (error) {
      if (!(error instanceof ParamProblem)) throw error;
      must(/\.$/su.test(error.message), `The problem is no sentence: ${error.message}`);
    }
  }
  mustInheritNothing();
}

interface Header {
  header: string[];
  mapping: Record<string, string>;
}

function checkColumns({ header, mapping }: Header): void {
  for (const kind of [hrTable, exportTable]) {
    const { places, missing } = columnsOf(kind, header, mapping);
    for (const [field, place] of places) {
      must(Object.hasOwn(kind.fields, field), `There is no field ${field}.`);
      must(place >= 0 && place < header.length, `The column ${place} is none of ${header.length}.`);
    }
    must(
      missing.every((name) => Object.values(mapping).includes(name)),
      "A column is missing that nobody named.",
    );
    const cells = Object.fromEntries([...places.keys()].map((field) => [field, "x"]));
    must(
      Object.getPrototypeOf(kind.valueOf(cells, { said: null, application: "A" })) === Object.prototype,
      "A row inherits what it should not.",
    );
  }
  mustInheritNothing();
}

export const parameterTargets: readonly Target[] = [
  {
    name: "parameters",
    next(random) {
      const input = rawFor(random);
      return { input, run: () => checkParams(input) };
    },
  },
  {
    name: "columns",
    next(random) {
      const usual = ["email", "Employee ID", "status", "Last Day", "role", ...NAMES];
      const one = () => (random.chance(0.5) ? random.pick(usual) : random.pick(TEXTS));
      const fields = ["email", "userName", "status", "endDate", "roles", ...NAMES];
      const input: Header = {
        header: Array.from({ length: random.int(0, 8) }, one),
        mapping: Object.fromEntries(
          Array.from({ length: random.int(0, 3) }, () => [random.pick(fields), one()]),
        ),
      };
      return { input, run: () => checkColumns(input) };
    },
  },
];
