"use client";
/** What is set of drills: an admin is told what will happen at the application before they are switched on. */
import { type FormEvent, useState } from "react";
import type { DrillsOfApplication } from "../../lib/drills/list-drills.ts";
import type { GroupWish } from "../../lib/drills/state.ts";
import { sendJson } from "../data/api.ts";
import { type Choice, Choices, Refusal, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { drillsAt, useDrillAct } from "./drills-query.ts";

const RHYTHMS: readonly Choice[] = [
  { value: "hand", word: "By hand", means: "One is run when somebody asks for it." },
  {
    value: "schedule",
    word: "By a schedule",
    means: "One is run every so many hours, and when somebody asks.",
  },
];

const GROUPS: readonly Choice[] = [
  { value: "none", word: "None", means: "Groups and roles are not tried out." },
  {
    value: "named",
    word: "One of the application's",
    means: "The test account enters it and leaves it: name a small one that gives no access.",
  },
  { value: "own", word: "One of its own", means: "A group is made for each drill, and deleted." },
];

/** What the form holds, as text. */
interface Entered {
  rhythm: string;
  hours: string;
  group: GroupWish["kind"];
  groupName: string;
  domain: string;
}

const enteredOf = ({ everyHours, group, domain }: DrillsOfApplication): Entered => ({
  rhythm: everyHours === null ? "hand" : "schedule",
  hours: String(everyHours ?? 24),
  group: group.kind,
  groupName: group.kind === "named" ? group.name : "",
  domain,
});

const wishOf = ({ group, groupName }: Entered): GroupWish =>
  group === "named" ? { kind: "named", name: groupName } : { kind: group };

function WhatHappens({ application }: { application: string }) {
  return (
    <div className="space-y-2 text-sm">
      <p>
        Each drill makes <strong>a real test account</strong> at <bdi>{application}</bdi> by SCIM, changes it,
        deactivates it and deletes it, and reads back after each step whether the application did it. That
        takes some seconds; meanwhile the account may take a licence.
      </p>
      <p>
        No other account is changed: what a drill has not made itself it does not touch. What is cut off is
        cleaned up by itself.
      </p>
    </div>
  );
}

export function DrillsForm({ drills, onClose }: { drills: DrillsOfApplication; onClose: () => void }) {
  const { application, active } = drills;
  const [entered, setEntered] = useState(() => enteredOf(drills));
  const change = (part: Partial<Entered>) => setEntered({ ...entered, ...part });
  const { rhythm, hours, group, groupName, domain } = entered;
  const save = useDrillAct(
    () =>
      sendJson(drillsAt(application), "PUT", {
        active: true,
        everyHours: rhythm === "hand" ? null : Number(hours),
        group: wishOf(entered),
        domain,
      }),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <SidePanel title={`Drills at ${application}`} onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <WhatHappens application={application} />
        <Choices
          kind="radio"
          label="When"
          choices={RHYTHMS}
          chosen={[rhythm]}
          error={null}
          onChange={([chosen = "hand"]) => change({ rhythm: chosen })}
        />
        {rhythm === "hand" ? null : (
          <TextField
            label="Every so many hours"
            type="number"
            required
            min="1"
            max="8760"
            step="1"
            value={hours}
            onChange={(value) => change({ hours: value })}
          />
        )}
        <Choices
          kind="radio"
          label="Group"
          choices={GROUPS}
          chosen={[group]}
          error={null}
          onChange={([chosen]) => change({ group: chosen as GroupWish["kind"] })}
        />
        {group === "named" ? (
          <TextField
            label="Name of the group"
            required
            value={groupName}
            onChange={(value) => change({ groupName: value })}
          />
        ) : null}
        <TextField
          label="Domain of the test account"
          help="Of its user name and e-mail address. Nobody has mail at example.invalid; some applications ask for a domain of yours."
          required
          value={domain}
          onChange={(value) => change({ domain: value })}
        />
        {active ? null : (
          <label className="flex gap-2 text-sm">
            <input type="checkbox" required className="mt-1 shrink-0 self-start" />
            <span>
              A test account may be made at <bdi>{application}</bdi>.
            </span>
          </label>
        )}
        <Refusal>{save.error?.message}</Refusal>
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {active ? "Save" : "Switch on"}
        </button>
      </form>
    </SidePanel>
  );
}

export function FollowForm({ drills, onClose }: { drills: DrillsOfApplication; onClose: () => void }) {
  const { application, follow } = drills;
  const [person, setPerson] = useState(follow ?? "");
  const [hours, setHours] = useState(String(drills.followHours));
  const save = useDrillAct(
    (whom: string | null) =>
      sendJson(drillsAt(application), "PUT", { follow: whom, followHours: Number(hours) }),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(person);
  };
  return (
    <SidePanel title={`A test person at ${application}`} onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <p className="text-sm">
          Name a test person whom your identity provider provisions there. When you let them join, change or
          leave, Rollcall times how long it takes until the application shows it. Rollcall itself changes
          nothing.
        </p>
        <TextField
          label="User name or e-mail address"
          error={save.error?.message ?? null}
          required
          value={person}
          onChange={setPerson}
        />
        <TextField
          label="Overdue after so many hours"
          type="number"
          required
          min="1"
          max="720"
          step="1"
          value={hours}
          onChange={setHours}
        />
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="button button-main" disabled={save.isPending}>
            {follow === null ? "Follow" : "Save"}
          </button>
          {follow === null ? null : (
            <button
              type="button"
              className="button"
              disabled={save.isPending}
              onClick={() => save.mutate(null)}
            >
              Follow nobody
            </button>
          )}
        </div>
      </form>
    </SidePanel>
  );
}
