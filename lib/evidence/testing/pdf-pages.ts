/** The text of a PDF, opened by another library than the one that wrote it. */
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

interface OpenedPdf {
  /** The text of each page, its pieces parted by spaces. */
  pages: string[];
  info: Record<string, unknown>;
  /** Whether it has a structure for those who read by ear. */
  tagged: boolean;
}

export async function openPdf(bytes: Uint8Array): Promise<OpenedPdf> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let i = 1; i <= pdf.numPages; i++) {
    const { items } = await (await pdf.getPage(i)).getTextContent();
    pages.push(
      items
        .map((item) => ("str" in item ? item.str : ""))
        .join(" ")
        .replaceAll(/\s+/gu, " "),
    );
  }
  const { info } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  await task.destroy();
  return { pages, info: info as Record<string, unknown>, tagged: marks?.Marked === true };
}
