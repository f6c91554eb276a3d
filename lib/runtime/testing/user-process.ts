/** A process that uses the database of the home named on its command line until it is killed or gets a signal. */
import { homeAt } from "../home.ts";
import { openEmbedded } from "../postgres.ts";

const home = process.argv[2];
if (!home) throw new Error("Name the home.");
const server = await openEmbedded(homeAt(home), () => {});
console.log(server.url);
