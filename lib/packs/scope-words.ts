/** The scope of a pack in words. */

/** Of one customer, one application, or everything. */
export const scopeWords = ({
  customer,
  application,
}: {
  customer: string | null;
  application: string | null;
}): string => customer ?? application ?? "everything";
