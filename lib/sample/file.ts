/** One file of the sample: text in the wire format of its source. */
export interface SampleFile {
  name: string;
  /** Name of the source; two files may be of one. */
  source: string;
  format: "okta" | "entra" | "workos";
  label: string;
  /** The customer of whom the records speak, where the source is a customer's. */
  customer: string | null;
  records: number;
  /** The file's text in pieces; each call gives the same. */
  chunks(): Iterable<string>;
}
