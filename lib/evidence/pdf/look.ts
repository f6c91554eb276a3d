/** Colours and sizes of documents: the pages' own colours in the light, so that both tell a state alike. */

export const COLOURS = {
  ink: "#1a1c1f",
  soft: "#5a5f66",
  line: "#e2e2dd",
  sunken: "#f3f3f0",
  accent: "#2851c8",
  band: "#d6def5",
  good: "#0a7468",
  risk: "#a85a00",
  bad: "#bf2a1f",
  unknown: "#6a58a3",
  none: "#787d83",
} as const;
export type Tone = keyof typeof COLOURS;

/** Sizes in points. */
export const SIZES = {
  title: 22,
  heading: 14,
  subheading: 10.5,
  text: 9.5,
  small: 8,
  table: 8,
  figure: 18,
} as const;

/** A4 in points, with the room that head and foot take. */
export const PAGE = { width: 595.28, height: 841.89, left: 56, right: 56, top: 76, bottom: 64 } as const;
export const WIDTH = PAGE.width - PAGE.left - PAGE.right;
