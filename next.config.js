/** @type {import("next").NextConfig} */
export default {
  // The headers of answers are set in front of Next, in lib/runtime/door.
  poweredByHeader: false,
  // One place that says what is wrong with a type: npm run types. Next's own check wants an older compiler.
  typescript: { ignoreBuildErrors: true },
  // Who asks for the first page after a start does not wait for all the others; each is loaded when it is first asked for.
  experimental: { preloadEntriesOnStart: false },
  serverExternalPackages: ["postgres", "esbuild", "pdfkit", "pino", "prom-client", "yazl"],
};
