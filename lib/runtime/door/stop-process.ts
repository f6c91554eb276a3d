/** A process with a door before a slow handler; it ends as Rollcall does. Prints its port, then what happens. */

import { makeLog } from "../log.ts";
import { listenOn } from "../port.ts";
import { firstSignal } from "../signals.ts";
import { stopping } from "../stopping.ts";
import { makeDoor } from "./door.ts";
import { publicAddress } from "./public-address.ts";
import { doorSettings } from "./settings.ts";

const door = makeDoor(
  doorSettings(process.env),
  makeLog(true, () => {}),
);
const port = await listenOn(door.server, 0);
const held = new Set<() => void>();
door.open({
  async handle(request, response) {
    if (request.url === "/slow" || request.url === "/stuck") {
      console.log("begun");
      await new Promise<void>((resolve) => {
        if (request.url === "/slow") held.add(resolve);
      });
    }
    response.end("answered");
  },
  routes: ["/slow", "/stuck"],
  address: publicAddress(new URL(`http://localhost:${port}`)),
  operating: {
    check: async () => {
      const checks = { started: true, database: true, migrations: true, running: !stopping().aborted };
      return { ready: checks.running, checks };
    },
    measure: async () => {},
  },
});
// The test says when slow requests end: no connection for it can be made any more.
process.on("SIGUSR2", () => {
  for (const release of held) release();
});
const stopped = firstSignal();
console.log(`port ${port}`);
await stopped;
console.log("stopping");
await door.close();
console.log("closed");
