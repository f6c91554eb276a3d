import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApplicationPage } from "../../../../components/application/application-page.tsx";
import { readApplicationOwners } from "../../../../db/queries/application-owners.ts";
import { allowed } from "../../../../lib/auth/caller.ts";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { showConformanceSchedule } from "../../../../lib/conformance/list-schedules.ts";
import { listConformance } from "../../../../lib/conformance/read-reports.ts";
import { showDrills } from "../../../../lib/drills/list-drills.ts";
import { applicationKey } from "../../../../lib/lifecycle/refs.ts";
import { applicationEvents, applicationReport } from "../../../../lib/reports/application.ts";
import { within } from "../../../../lib/reports/params.ts";
import { parseTimelineWish } from "../../../../lib/reports/timeline-part.ts";
import { readReviewers } from "../../../../lib/reviews/plan-review.ts";
import { segmentText } from "../../../../lib/runtime/segment.ts";
import { scimConnection } from "../../../../lib/scim/connection.ts";
import { whenThere } from "../../when-there.tsx";

type Params = Promise<{ name: string }>;

const nameOf = async (params: Params) => segmentText((await params).name);

export const generateMetadata = async ({ params }: { params: Params }): Promise<Metadata> => ({
  title: await nameOf(params),
});

export default async function Page({ params }: { params: Params }) {
  const { db, workspace, by } = await pageVisit("read");
  const name = await nameOf(params);
  const scope = within(by, {});
  return whenThere(`/api/v1/applications/${encodeURIComponent(name)}`, async () => {
    const report = await applicationReport(db, workspace, name, scope);
    if (report === null) notFound();
    const events = await applicationEvents(db, workspace, name, scope, parseTimelineWish({}));
    const sees = allowed(by, "see-reviews");
    const connects = allowed(by, "operate");
    const connection = connects ? await scimConnection(db, workspace, name) : null;
    return (
      <ApplicationPage
        report={report}
        events={events}
        maySet={allowed(by, "settings")}
        owner={
          sees
            ? {
                owner: (await readApplicationOwners(db.sql, workspace)).get(applicationKey(name)) ?? null,
                reviewers: (await readReviewers(db, workspace)).map(({ member, name: called }) => ({
                  member,
                  name: called,
                })),
              }
            : null
        }
        scim={connects ? { connection } : null}
        conformance={
          allowed(by, "workspace")
            ? {
                reports: await listConformance(db, workspace, name),
                connection,
                schedule: await showConformanceSchedule(db, workspace, report.application),
                mayCheck: connects,
              }
            : null
        }
        drills={allowed(by, "workspace") ? await showDrills(db, workspace, report.application) : null}
      />
    );
  });
}
