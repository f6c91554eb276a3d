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
    maxWorkers: "100%",
  },
});
