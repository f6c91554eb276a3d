import type { Metadata } from "next";
import { LinksPage } from "../../../components/links/links-page.tsx";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { linksReport } from "../../../lib/reports/links.ts";
import { whenThere } from "../when-there.tsx";

export const metadata: Metadata = { title: "Who is who" };

export default async function Page() {
  const { db, workspace } = await pageVisit("workspace");
  return whenThere("/api/v1/links", async () => <LinksPage initial={await linksReport(db, workspace)} />);
}
