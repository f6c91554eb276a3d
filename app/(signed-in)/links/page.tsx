import type { Metadata } from "next";
import { LinksPage } from "../../../components/links/links-page.tsx";
import { DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { requireSession } from "../../../lib/auth/session.ts";
import { linksReport } from "../../../lib/reports/links.ts";
import { webDb } from "../../../lib/runtime/web.ts";

export const metadata: Metadata = { title: "Who is who" };

export default async function Page() {
  await requireSession();
  return <LinksPage initial={await linksReport(webDb(), DEFAULT_WORKSPACE)} />;
}
