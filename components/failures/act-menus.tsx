"use client";
/** The menus of the acts that need a word more: whose, until when, what. */
import { useId, useState } from "react";
import { plural } from "../format/number.ts";
import { Dialog } from "../ui/dialog.tsx";
import { FormButtons } from "../ui/dialog-form.tsx";
import { Field } from "../ui/field.tsx";
import { MenuChoice, MenuChoices } from "../ui/menu-choices.tsx";
import { type Act, type Desk, snoozeChoices } from "./acts.ts";

export type Menu = "assign" | "snooze" | "note";

interface Props {
  groups: readonly string[];
  /** What one of them is called. */
  noun?: string;
  desk: Desk;
  onAct: (act: Act) => void;
  onClose: () => void;
}

function AssignMenu({ desk, onAct, close }: Props & { close: () => void }) {
  const choose = (owner: Desk["owners"][number] | null) => {
    onAct({ verb: "assign", owner });
    close();
  };
  const mine = desk.owners.filter(({ member }) => member === desk.me);
  const others = desk.owners.filter(({ member }) => member !== desk.me);
  return (
    <MenuChoices>
      {[...mine, ...others].map((owner, i) => (
        <MenuChoice
          key={owner.member}
          at={i}
          label={owner.member === desk.me ? `${owner.name} (you)` : owner.name}
          onChoose={() => choose(owner)}
        />
      ))}
      <MenuChoice at={desk.owners.length} label="Nobody" onChoose={() => choose(null)} />
    </MenuChoices>
  );
}

function SnoozeMenu({ onAct, close }: Props & { close: () => void }) {
  const [now] = useState(Date.now);
  const [day, setDay] = useState("");
  const choices = snoozeChoices(now);
  const choose = (until: string) => {
    onAct({ verb: "snooze", until });
    close();
  };
  const tomorrow = choices[0]?.until.slice(0, 10);
  return (
    <>
      <MenuChoices>
        {choices.map(({ label, until }, i) => (
          <MenuChoice key={label} at={i} label={label} onChoose={() => choose(until)} />
        ))}
      </MenuChoices>
      <form
        className="mt-3 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (day !== "") choose(`${day}T00:00:00.000Z`);
        }}
      >
        <Field label="Until a day" error={null}>
          {(control) => (
            <input
              {...control}
              type="date"
              min={tomorrow}
              required
              className="field"
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="button">
          Snooze
        </button>
      </form>
      <p className="mt-3 text-sm text-soft">
        It is open again before that when somebody else fails for this cause.
      </p>
    </>
  );
}

/** What was written and not sent, by the groups it was for: kept while the page is open. */
const drafts = new Map<string, string>();

function NoteMenu({ groups, onAct, close }: Props & { close: () => void }) {
  const key = groups.join();
  const [text, setText] = useState(drafts.get(key) ?? "");
  const id = useId();
  const note = (value: string) => {
    drafts.set(key, value);
    setText(value);
  };
  const send = () => {
    if (text.trim() === "") return;
    drafts.delete(key);
    onAct({ verb: "note", note: text });
    close();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        What others should know
      </label>
      <textarea
        id={id}
        rows={4}
        maxLength={2000}
        className="w-full rounded border border-line bg-raised px-2 py-1 text-sm"
        value={text}
        onChange={(event) => note(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            send();
          }
        }}
      />
      <div className="mt-2">
        <FormButtons
          act={
            <>
              Note <kbd className="key">Ctrl Enter</kbd>
            </>
          }
          onCancel={close}
        />
      </div>
    </form>
  );
}

const TITLES: Record<Menu, string> = { assign: "Assign", snooze: "Snooze", note: "Note" };
const BODIES = { assign: AssignMenu, snooze: SnoozeMenu, note: NoteMenu };

export function ActMenu({ menu, ...props }: Props & { menu: Menu }) {
  const Body = BODIES[menu];
  return (
    <Dialog
      title={`${TITLES[menu]} ${plural(props.groups.length, props.noun ?? "cause")}`}
      onClose={props.onClose}
    >
      {(close) => <Body {...props} close={close} />}
    </Dialog>
  );
}
