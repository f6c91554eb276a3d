import type { Metadata } from "next";
import { FailuresPage } from "../../../components/failures/failures-page.tsx";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { initialReport, type Search } from "../initial-report.ts";
import { deskOf } from "./desk.ts";

export const metadata: Metadata = { title: "Failures" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  const desk = await deskOf(await pageVisit("read"));
  return <FailuresPage initial={await initialReport("failures", searchParams, "many")} desk={desk} />;
}
