// Read by any Node, so that an old one gets a sentence and no syntax error: nothing here is newer than Node 12.17.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    `Rollcall needs Node.js 20.9 or newer; this is ${process.versions.node}. Install one from nodejs.org.`,
  );
  process.exit(1);
}
import("./launch.mjs").then(({ launch }) => launch(process.argv.slice(2)));
