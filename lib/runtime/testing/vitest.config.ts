import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { PROJECT_ROOT } from "../home.ts";

export default defineConfig({
  // The pages' styles have no part in these tests.
  css: { postcss: {} },
  test: {
    root: PROJECT_ROOT,
    include: ["{app,components,db,lib}/**/*.test.{ts,tsx}"],
    globalSetup: ["lib/runtime/testing/global-setup.ts"],
    // Small machines run database, server and tests on two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Workers wait for commands and for the database a third of their time.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
  },
});
