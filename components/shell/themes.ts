/** The themes a reader can choose; `system` follows the computer's own setting. */
const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Name of the cookie that keeps the choice. */
export const THEME_COOKIE = "rollcall-theme";

/** The theme of that name; `system` for anything else. */
export const themeOf = (name: string | undefined): Theme =>
  THEMES.find((theme) => theme === name) ?? "system";
