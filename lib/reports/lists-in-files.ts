/** Lists of reports in files: for reports of more people than memory should hold. */
import { SortedFile } from "../files/sorted-file.ts";
import type { NewList } from "./fold.ts";

/**
 * @param runRows of a list so many rows are in memory; as `SortedFile` has it when absent.
 * @returns what makes lists, and what gives their files back at the end.
 */
export function listsInFiles(runRows?: number): { list: NewList; close(): void } {
  const files: { close(): void }[] = [];
  return {
    list<Row>(compare: (a: Row, b: Row) => number) {
      const file = new SortedFile<Row>(compare, runRows);
      files.push(file);
      return file;
    },
    close() {
      for (const file of files) file.close();
    },
  };
}
