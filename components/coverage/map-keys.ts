import type { KeyboardEvent } from "react";

const STEPS: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Arrow keys move through the map; left and right go on in the block beside.
 * @param blockSize rows in each block.
 */
export function moveInMap(event: KeyboardEvent<HTMLElement>, blockSize: number, columns: number): void {
  const step = STEPS[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>("[data-place]");
  if (step === undefined || from === null) return;
  event.preventDefault();
  let [row = 0, column = 0] = (from.dataset.place ?? "").split(":").map(Number);
  row += step[0];
  column += step[1];
  if (column < 0) [row, column] = [row - blockSize, columns - 1];
  if (column >= columns) [row, column] = [row + blockSize, 0];
  const to = event.currentTarget.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`);
  if (to === null) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
