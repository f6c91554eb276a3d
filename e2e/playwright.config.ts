import { defineConfig } from "playwright/test";
import { findBrowser } from "./browser.ts";

export default defineConfig({
  outputDir: "../test-results",
  globalSetup: "./server.ts",
  workers: 2,
  projects: [
    // One server with one database behind all of them: one after the other.
    { name: "shared", testDir: ".", testMatch: "*.spec.ts", testIgnore: "own/**", workers: 1 },
    // Beside them, and after them two at a time, those that have a server each.
    { name: "own", testDir: "own", testMatch: "*.spec.ts", workers: 2 },
  ],
  // Some walk through every page, on small machines.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace of each test takes two fifths of what a test takes. `--trace on` has one where a failure does not tell enough.
    screenshot: "only-on-failure",
    launchOptions: await findBrowser(),
  },
});
