"use client";
/** The menus of the acts that need a word more: whose, until when, what. */
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { plural } from "../format/number.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { type Act, type Desk, snoozeChoices } from "./acts.ts";

export type Menu = "assign" | "snooze" | "note";

interface Props {
  groups: readonly string[];
  desk: Desk;
  onAct: (act: Act) => void;
  onClose: () => void;
}

/** Arrows, j and k move between the choices; a number takes one. */
function Choices({ children }: { children: ReactNode }) {
  const list = useRef<HTMLFieldSetElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest("input") !== null) return;
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      buttons[Math.max(0, Math.min(at + step, buttons.length - 1))]?.focus();
    } else if (/^[1-9]$/u.test(event.key)) buttons[Number(event.key) - 1]?.click();
  };
  return (
    <fieldset ref={list} aria-label="Choices" className="-mx-2 space-y-0.5" onKeyDown={onKeyDown}>
      {children}
    </fieldset>
  );
}

function Choice({ at, label, onChoose }: { at: number; label: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      className="flex h-8 w-full items-center justify-between gap-3 rounded px-2 text-left text-sm hover:bg-sunken focus-visible:bg-sunken"
      onClick={onChoose}
    >
      <span className="truncate">{label}</span>
      {at < 9 ? <kbd className="key">{at + 1}</kbd> : null}
    </button>
  );
}

function AssignMenu({ desk, onAct, close }: Props & { close: () => void }) {
  const choose = (owner: Desk["owners"][number] | null) => {
    onAct({ verb: "assign", owner });
    close();
  };
  const mine = desk.owners.filter(({ member }) => member === desk.me);
  const others = desk.owners.filter(({ member }) => member !== desk.me);
  return (
    <Choices>
      {[...mine, ...others].map((owner, i) => (
        <Choice
          key={owner.member}
          at={i}
          label={owner.member === desk.me ? `${owner.name} (you)` : owner.name}
          onChoose={() => choose(owner)}
        />
      ))}
      <Choice at={desk.owners.length} label="Nobody" onChoose={() => choose(null)} />
    </Choices>
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
      <Choices>
        {choices.map(({ label, until }, i) => (
          <Choice key={label} at={i} label={label} onChoose={() => choose(until)} />
        ))}
      </Choices>
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
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <button type="submit" className="button button-main">
          Note <kbd className="key">Ctrl Enter</kbd>
        </button>
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}

const TITLES: Record<Menu, string> = { assign: "Assign", snooze: "Snooze", note: "Note" };
const BODIES = { assign: AssignMenu, snooze: SnoozeMenu, note: NoteMenu };

export function ActMenu({ menu, ...props }: Props & { menu: Menu }) {
  const Body = BODIES[menu];
  return (
    <Dialog title={`${TITLES[menu]} ${plural(props.groups.length, "cause")}`} onClose={props.onClose}>
      {(close) => <Body {...props} close={close} />}
    </Dialog>
  );
}
