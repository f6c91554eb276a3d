// The direction of imports: app → components, lib → db. Everything else about style is Biome's.

const PURE = "^lib/(lifecycle|ingest/adapters)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that need each other are one thing in two places.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "components-only-draw",
      comment: "Components draw what they are given; of lib and db they know types only.",
      severity: "error",
      from: { path: "^components/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(app|db|lib|e2e)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "db-below-lib",
      comment: "lib calls db; of lib db knows types only.",
      severity: "error",
      from: { path: "^db/" },
      to: { path: "^(app|components|lib|e2e)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "lib-below-app",
      comment: "The command line has the same lib as the pages: lib knows neither pages nor components.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|e2e)/" },
    },
    {
      name: "rules-and-adapters-are-pure",
      comment:
        "The lifecycle rules and the adapters are functions: no database, no web server, no clock behind them.",
      severity: "error",
      from: { path: PURE, pathNot: "[.]test[.]ts$" },
      to: { path: "^(app|components|e2e|db)/|node_modules/(next|next-auth|react|postgres|drizzle-orm)/" },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
