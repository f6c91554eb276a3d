import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePortAfter, listenOn } from "./port.ts";

it("names a free port behind one that is taken", async () => {
  const server = createServer();
  const taken = await listenOn(server, 0);
  await expect(listenOn(createServer(), taken)).rejects.toMatchObject({ code: "EADDRINUSE" });
  const free = await freePortAfter(taken - 1);
  expect(free).not.toBe(taken);
  const other = createServer();
  expect(await listenOn(other, free)).toBe(free);
  other.close();
  server.close();
});
