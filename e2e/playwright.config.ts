import { defineConfig } from "playwright/test";
import { findBrowser } from "./browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  globalSetup: "./server.ts",
  // One server with one database behind all of them.
  workers: 1,
  // Some walk through every page, on small machines.
  timeout: 240_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    launchOptions: await findBrowser(),
  },
});
