import type { Metadata } from "next";
import { AlertsPage } from "../../../components/alerts/alerts-page.tsx";
import { listAlerts } from "../../../lib/alerts/list-alerts.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page() {
  const { db, workspace } = await pageVisit("workspace");
  return <AlertsPage initial={await listAlerts(db, workspace)} />;
}
