/**
 * What a segment of an address names. A page gets it as it stands in the address, a page's title now so, now decoded already;
 * then a percent sign of the name itself begins nothing that could be decoded.
 */
export function segmentText(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
