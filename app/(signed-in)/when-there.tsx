/** A page, or in its place how far its data are, where they are worked out for the first time. */
import type { ReactElement } from "react";
import { PagePending } from "../../components/ui/page-pending.tsx";
import { ReportPending } from "../../lib/reports/editions/pending.ts";

/** @param data the address from which its data can be had, for the page to ask when they are there. */
export async function whenThere(data: string, draw: () => Promise<ReactElement>): Promise<ReactElement> {
  try {
    return await draw();
  } catch (error) {
    if (error instanceof ReportPending) return <PagePending data={data} message={error.message} />;
    throw error;
  }
}
