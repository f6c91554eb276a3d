"use client";
/** What stands around every page: navigation, search, theme, and the keys that work everywhere. */
import { type ReactNode, useEffect, useState } from "react";
import type { Permission } from "../../lib/auth/permissions.ts";
import { Permissions } from "../data/permissions.ts";
import { JobsButton } from "../jobs/jobs-button.tsx";
import { isBusy } from "../ui/use-list-keys.ts";
import { CommandMenu } from "./command-menu.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { FootNavigation, SideNavigation } from "./navigation.tsx";
import { PAGES } from "./pages.ts";
import { SignOut } from "./sign-out.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import type { Theme } from "./themes.ts";

interface Props {
  theme: Theme;
  /** Of whoever is signed in. */
  name: string;
  permissions: readonly Permission[];
  children: ReactNode;
}

export function Shell({ theme, name, permissions, children }: Props) {
  const [open, setOpen] = useState<"menu" | "keys" | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        setOpen("menu");
      } else if (event.key === "?" && !isBusy(event.target)) {
        setOpen("keys");
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const close = () => setOpen(null);
  const pages = PAGES.filter(({ permission }) => permissions.includes(permission));
  return (
    <div className="flex min-h-dvh">
      <a href="#content" className="button absolute -top-20 left-2 z-30 focus:top-2">
        Skip to the content
      </a>
      <SideNavigation pages={pages} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-10 flex h-12 items-center gap-3 border-b border-line bg-page px-4 md:px-6 print:hidden">
          <button
            type="button"
            className="field flex min-w-0 flex-1 items-center justify-between gap-3 text-left text-soft sm:max-w-[360px]"
            onClick={() => setOpen("menu")}
          >
            <span className="truncate">Find people, applications, pages</span>
            <span className="hidden gap-1 sm:flex">
              <kbd className="key">⌘ K</kbd>
              <kbd className="key">Ctrl K</kbd>
            </span>
          </button>
          <span className="flex-1 max-sm:hidden" />
          <button type="button" className="button max-md:hidden" onClick={() => setOpen("keys")}>
            Keys <kbd className="key">?</kbd>
          </button>
          <JobsButton permissions={permissions} />
          <ThemeSwitch initial={theme} />
          <SignOut name={name} />
        </header>
        <main id="content" className="min-w-0 flex-1 px-4 pt-3 pb-20 md:px-6 md:pb-8">
          <Permissions value={permissions}>{children}</Permissions>
        </main>
      </div>
      <FootNavigation pages={pages} onMore={() => setOpen("menu")} />
      {open === "menu" ? (
        <CommandMenu pages={pages} search={permissions.includes("workspace")} onClose={close} />
      ) : null}
      {open === "keys" ? <KeysHelp onClose={close} /> : null}
    </div>
  );
}
