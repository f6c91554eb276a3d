import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { PROJECT_ROOT } from "../home.ts";

const TESTS = ["{app,components,db,lib}/**/*.test.{ts,tsx}"];
const WITH_DATABASE = ["{app,components,db,lib}/**/*.db.test.ts"];

export default defineConfig({
  // The pages' styles have no part in these tests.
  css: { postcss: {} },
  test: {
    root: PROJECT_ROOT,
    projects: [
      // What has no database shares a process and what it has read: a file by itself takes longer to begin than to run.
      { extends: true, test: { name: "pure", include: TESTS, exclude: WITH_DATABASE, isolate: false } },
      { extends: true, test: { name: "database", include: WITH_DATABASE } },
    ],
    globalSetup: ["lib/runtime/testing/global-setup.ts"],
    // Small machines run database, server and tests on two cores.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Workers wait for commands and for the database a third of their time.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
  },
});
