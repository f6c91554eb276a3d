/**
 * A document that is written from top to bottom: blocks of text, figures, tables and pictures, each kept whole on a page where
 * it fits. Knows pdfkit; what it says is others'. Equal content gives equal bytes: the only time in it is the one given.
 */
import { join } from "node:path";
import type PDFDocument from "pdfkit";
import { COLOURS, PAGE, SIZES, type Tone, WIDTH } from "./look.ts";
import { printable, REPLACEMENT } from "./printable.ts";

const FONTS = join(process.env.ROLLCALL_ROOT ?? process.cwd(), "node_modules/@expo-google-fonts/noto-sans");

type Weight = "regular" | "strong";

interface TextStyle {
  size?: number;
  tone?: Tone;
  weight?: Weight;
  /** Space after it, in points. */
  after?: number;
}

export interface Figure {
  value: string;
  label: string;
  tone?: Tone;
}

/** What the head of each page says, and the document of itself. */
export interface SheetAbout {
  title: string;
  /** At the left of each page's head, and at its right. */
  head: readonly [string, string];
  /** The document's date, ISO 8601. */
  date: string;
}

type Struct = PDFKit.PDFStructureElement;

/** What of a font pdfkit's types don't tell. */
interface FontInside {
  _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

export class Sheet {
  readonly pdf: PDFKit.PDFDocument;
  /** Where the next block begins, in points from the top of the page. */
  y: number = PAGE.top;
  private readonly root: Struct;
  private readonly hasGlyph: (codePoint: number) => boolean;
  private replaced = false;

  /** A sheet without a block. */
  static async begin(about: SheetAbout): Promise<Sheet> {
    // Read when a document is written: commands start without it.
    const { default: Document } = await import("pdfkit");
    return new Sheet(about, Document);
  }

  private constructor(
    private readonly about: SheetAbout,
    Document: typeof PDFDocument,
  ) {
    this.pdf = new Document({
      size: [PAGE.width, PAGE.height],
      margins: { left: PAGE.left, right: PAGE.right, top: 0, bottom: 0 },
      bufferPages: true,
      tagged: true,
      displayTitle: true,
      pdfVersion: "1.7",
      lang: "en",
      // None until those below are there: reading one takes time.
      font: "",
      info: {
        Title: about.title,
        Author: "Rollcall",
        Creator: "Rollcall",
        Producer: "Rollcall",
        CreationDate: new Date(about.date),
        ModDate: new Date(about.date),
      },
    });
    this.pdf.registerFont("regular", join(FONTS, "400Regular/NotoSans_400Regular.ttf"));
    this.pdf.registerFont("strong", join(FONTS, "600SemiBold/NotoSans_600SemiBold.ttf"));
    this.pdf.font("regular");
    const { font } = (this.pdf as unknown as FontInside)._font;
    const known = new Map<number, boolean>();
    this.hasGlyph = (codePoint) => {
      const found = known.get(codePoint) ?? font.hasGlyphForCodePoint(codePoint);
      known.set(codePoint, found);
      return found;
    };
    this.root = this.pdf.struct("Document");
    this.pdf.addStructure(this.root);
  }

  /** Whether a character could not be printed, and the sign for that stands in the document. */
  get hasReplaced(): boolean {
    return this.replaced;
  }

  /** The text as the font can print it. */
  clean(value: string): string {
    const text = printable(value, this.hasGlyph);
    if (text.includes(REPLACEMENT)) this.replaced = true;
    return text;
  }

  /** Whether so many points still fit on the page; else a new one is begun. */
  room(height: number): void {
    if (this.y + height > PAGE.height - PAGE.bottom) this.page();
  }

  page(): void {
    this.pdf.addPage();
    this.y = PAGE.top;
  }

  space(points: number): void {
    this.y += points;
  }

  /** Sets font, size and colour. */
  style({ size = SIZES.text, tone = "ink", weight = "regular" }: TextStyle = {}): this {
    this.pdf.font(weight).fontSize(size).fillColor(COLOURS[tone]);
    return this;
  }

  /** Draws what readers by ear pass over: lines, backgrounds. */
  ornament(draw: () => void): void {
    this.pdf.markContent("Artifact", { type: "Layout" });
    draw();
    this.pdf.endMarkedContent();
  }

  element(type: string, parent: Struct = this.root): Struct {
    const element = this.pdf.struct(type);
    parent.add(element);
    return element;
  }

  /** Draws a piece of content as a leaf of the document's structure. */
  leaf(type: string, draw: () => void, parent: Struct = this.root, alt?: string): void {
    const element = alt === undefined ? this.pdf.struct(type) : this.pdf.struct(type, { alt });
    parent.add(element);
    const content = this.pdf.markStructureContent(type);
    draw();
    this.pdf.endMarkedContent();
    element.add(content);
    element.end();
  }

  heading(text: string): void {
    // With the first lines of what it stands over.
    this.room(150);
    if (this.y > PAGE.top) this.space(14);
    this.block("H1", text, { size: SIZES.heading, weight: "strong", after: 6 });
  }

  subheading(text: string): void {
    this.room(76);
    this.space(6);
    this.block("H2", text, { size: SIZES.subheading, weight: "strong", after: 3 });
  }

  paragraph(text: string, style: TextStyle = {}): void {
    this.block("P", text, style);
  }

  /** Something small and soft under a table or a picture. */
  note(text: string): void {
    this.block("P", text, { size: SIZES.small, tone: "soft", after: 8 });
  }

  private block(type: string, text: string, style: TextStyle): void {
    const { after = 6 } = style;
    const clean = text
      .split("\n")
      .map((line) => this.clean(line))
      .join("\n");
    const options = { width: WIDTH, lineGap: 2 };
    this.style(style);
    const height = this.pdf.heightOfString(clean, options);
    this.room(height);
    this.style(style);
    this.leaf(type, () => this.pdf.text(clean, PAGE.left, this.y, options));
    this.y += height + after;
  }

  /** Names and values beneath each other, as at the head of a letter. */
  facts(rows: readonly (readonly [name: string, value: string])[]): void {
    const table = this.element("Table");
    for (const [name, value] of rows) {
      const clean = this.clean(value);
      const options = { width: WIDTH - 110, lineGap: 1.5 };
      const height = this.style().pdf.heightOfString(clean, options);
      this.room(height);
      const row = this.element("TR", table);
      this.style({ tone: "soft" }).leaf(
        "TH",
        () => this.pdf.text(this.clean(name), PAGE.left, this.y, { width: 100 }),
        row,
      );
      this.style().leaf("TD", () => this.pdf.text(clean, PAGE.left + 110, this.y, options), row);
      row.end();
      this.y += height + 3;
    }
    table.end();
    this.space(6);
  }

  /** Large numbers side by side, each with what it counts. */
  figures(figures: readonly Figure[]): void {
    const gap = 14;
    const width = (WIDTH - gap * (figures.length - 1)) / figures.length;
    const options = { width, lineGap: 1 };
    const heights = figures.map(({ label }) =>
      this.style({ size: SIZES.small }).pdf.heightOfString(this.clean(label), options),
    );
    const height = 30 + Math.max(...heights);
    this.room(height + 10);
    figures.forEach(({ value, label, tone = "ink" }, i) => {
      const x = PAGE.left + i * (width + gap);
      this.ornament(() =>
        this.pdf
          .moveTo(x, this.y)
          .lineTo(x + width, this.y)
          .lineWidth(1.5)
          .strokeColor(COLOURS[tone])
          .stroke(),
      );
      const paragraph = this.element("P");
      this.style({ size: SIZES.figure, weight: "strong", tone }).leaf(
        "Span",
        () => this.pdf.text(this.clean(value), x, this.y + 4, { width, lineBreak: false }),
        paragraph,
      );
      this.style({ size: SIZES.small, tone: "soft" }).leaf(
        "Span",
        () => this.pdf.text(this.clean(label), x, this.y + 30, options),
        paragraph,
      );
      paragraph.end();
    });
    this.y += height + 12;
  }

  /**
   * A picture of lines and areas, kept whole on its page.
   * @param alt what it shows, for those who don't see it.
   */
  picture(height: number, alt: string, draw: (top: number) => void): void {
    this.room(height);
    this.leaf("Figure", () => draw(this.y), this.root, this.clean(alt));
    this.y += height + 4;
  }

  /** Head and foot of each page, then the bytes. */
  async end(): Promise<Buffer> {
    const { start, count } = this.pdf.bufferedPageRange();
    const [left, right] = this.about.head;
    for (let i = start; i < start + count; i++) {
      this.pdf.switchToPage(i);
      this.pdf.markContent("Artifact", { type: "Pagination" });
      this.style({ size: SIZES.small, tone: "soft" });
      const half = { width: WIDTH / 2, height: 12, ellipsis: true, lineBreak: false };
      this.pdf.text(this.clean(left), PAGE.left, 36, half);
      this.pdf.text(this.clean(right), PAGE.left + WIDTH / 2, 36, { ...half, align: "right" });
      this.pdf
        .moveTo(PAGE.left, 52)
        .lineTo(PAGE.left + WIDTH, 52)
        .lineWidth(0.5)
        .strokeColor(COLOURS.line)
        .stroke();
      const foot = { width: WIDTH, align: "right", lineBreak: false } as const;
      this.pdf.text(`Page ${i + 1} of ${count}`, PAGE.left, PAGE.height - 44, foot);
      this.pdf.endMarkedContent();
    }
    this.root.end();
    const chunks: Buffer[] = [];
    this.pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<void>((resolve, reject) => this.pdf.on("end", resolve).on("error", reject));
    this.pdf.end();
    await ended;
    return Buffer.concat(chunks);
  }
}
