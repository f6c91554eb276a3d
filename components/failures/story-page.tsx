"use client";
/** The story of a failure group at an address of its own. */
import Link from "next/link";
import { useState } from "react";
import type { FailureStory } from "../../lib/reports/contract.ts";
import { EventPanel } from "../events/event-panel.tsx";
import { plain } from "../format/words.ts";
import { useCommands } from "../shell/commands.ts";
import { Answer } from "../ui/answer.tsx";
import { NoticeBar } from "../ui/notice-bar.tsx";
import { useActKeys } from "../ui/use-list-keys.ts";
import { ActMenu } from "./act-menus.tsx";
import type { Desk } from "./acts.ts";
import { whatOf } from "./choose.ts";
import { Story } from "./story.tsx";
import { STORY_PANEL, useActs } from "./use-acts.ts";
import { useStory } from "./use-story.ts";
import { useTriage } from "./use-triage.ts";

const nothing = () => {};

export function StoryPage({ initial, desk }: { initial: FailureStory; desk: Desk }) {
  const { story = initial, ...asked } = useStory(initial.row.id, null, initial);
  const [event, setEvent] = useState<string | null>(null);
  const triage = useTriage(desk);
  const acts = useActs(triage, nothing);
  const { row, asOf } = story;
  const groups = [row.id];
  useActKeys({
    list: acts.list,
    about: () => groups,
    undo: triage.undo,
    may: desk.decides,
    panel: STORY_PANEL,
  });
  const offered = acts.list(groups).filter(({ id }) => id !== "tickets" || desk.tickets);
  useCommands(desk.decides ? offered.map((act) => ({ ...act, detail: whatOf(row) })) : []);
  return (
    <>
      <Answer title="Failure">
        {whatOf(row)} fails, {plain(row.errorClass)}.{" "}
        <Link href="/failures" className="figure">
          All failures
        </Link>
      </Answer>
      <div className="max-w-[900px]">
        <Story
          level="h2"
          row={row}
          asOf={asOf}
          story={story}
          {...asked}
          desk={desk}
          acts={acts}
          onEvent={setEvent}
        />
      </div>
      {event === null ? null : <EventPanel id={event} onClose={() => setEvent(null)} />}
      {acts.menu === null ? null : (
        <ActMenu {...acts.menu} desk={desk} onAct={acts.finish} onClose={acts.closeMenu} />
      )}
      <NoticeBar {...triage} />
    </>
  );
}
