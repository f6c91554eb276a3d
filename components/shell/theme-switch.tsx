"use client";
/** Light, dark, or as the system has it; kept in a cookie, so that the server draws it right at once. */
import { useState } from "react";
import { type Theme, themeOf } from "./themes.ts";

export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const choose = (next: Theme) => {
    setTheme(next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    // Sent also when the page is left at once. Where it fails the choice holds until the next page is loaded: no reason to disturb anybody.
    void fetch("/api/theme", { method: "PUT", body: next, keepalive: true }).catch(() => undefined);
  };
  return (
    <label className="flex items-center gap-2 text-sm text-soft">
      <span className="hidden lg:inline">Theme</span>
      <select
        aria-label="Theme"
        className="field"
        value={theme}
        onChange={(event) => choose(themeOf(event.target.value))}
      >
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
