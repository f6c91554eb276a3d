/** @type {import("next").NextConfig} */
export default {
  // The headers of answers are set in front of Next, in lib/runtime/door.
  poweredByHeader: false,
  // One place that says what is wrong with a type: npm run types. Next's own check wants an older compiler.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "esbuild", "pdfkit", "pino", "prom-client"],
};
