/** Makes evidence packs by the calendar while the pages are served. */
import { installationSecret } from "../auth/cookie.ts";
import { writerApart } from "../evidence/write-apart.ts";
import { makeDuePacks } from "../packs/make-due-packs.ts";
import { packsFolder } from "../packs/pack-files.ts";
import { log } from "./log.ts";
import { stopping } from "./stopping.ts";
import { type Rhythm, startTimer } from "./timer.ts";
import { webDb } from "./web.ts";

async function makeDue(workspace: string): Promise<void> {
  const done = await makeDuePacks(workspace, {
    db: webDb({ workspace }),
    scoped: (customer) => webDb({ workspace, customer }),
    writer: (customer) => writerApart({ workspace, customer }),
    folder: packsFolder(),
    installation: installationSecret(),
    stop: stopping(),
  });
  for (const { error } of done ?? []) {
    if (error === null) log().info("A scheduled pack was made.");
    // Its sentence may name a customer: the page Evidence has it.
    else log().warn("A scheduled pack could not be made; the page Evidence says why.");
  }
}

/** Starts making what is due. @returns stops it, as {@link startTimer}. */
export const startPackTimer = (rhythm?: Rhythm): (() => Promise<void>) =>
  startTimer(makeDue, "Scheduled packs could not be looked after; again in 15 minutes.", rhythm);
