/**
 * How Entra's synchronization jobs do: `GET /servicePrincipals/{id}/synchronization/jobs` (learn.microsoft.com, "List
 * synchronizationJobs"). A job is told when it comes into quarantine or out of it, and not each time that it has run.
 */
import { z } from "zod";
import { connector, type Page, type Pull } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";
import { ENTRA_SETTINGS, type EntraSettings, entraAuthorizer, graphBase, graphList } from "./entra.ts";

const PRINCIPAL = z.object({ id: z.string(), displayName: z.string().nullish() });
type Principal = z.infer<typeof PRINCIPAL>;
const JOB = z
  .object({
    id: z.string(),
    status: z
      .object({
        code: z.string().nullish(),
        quarantine: z.object({ currentBegan: z.string().nullish() }).loose().nullish(),
      })
      .loose(),
  })
  .loose();

const CURSOR = z.object({
  /** Next page of the applications; null where all of them are in `open`. */
  list: z.string().nullable(),
  open: z.array(PRINCIPAL),
  /** By job: what was told of it last. */
  told: z.record(z.string(), z.string()),
});

/** Applications that were added to the tenant, and not Microsoft's own, of which there are hundreds. */
const LIST = `/v1.0/servicePrincipals?${new URLSearchParams({
  $filter: "tags/any(t:t eq 'WindowsAzureActiveDirectoryIntegratedApp')",
  $select: "id,displayName",
  $top: "100",
})}`;

/** What would be told of the job: its quarantine with its beginning, or that there is none. */
const stateOf = ({ status: { code, quarantine } }: z.infer<typeof JOB>): string =>
  code === "Quarantine" ? `Quarantine ${quarantine?.currentBegan ?? ""}` : "well";

async function jobsOf(http: Pull<EntraSettings>["http"], { id }: Principal): Promise<z.infer<typeof JOB>[]> {
  try {
    const { values } = await graphList(
      http,
      `/v1.0/servicePrincipals/${encodeURIComponent(id)}/synchronization/jobs`,
    );
    return values.flatMap((value) => JOB.safeParse(value).data ?? []);
  } catch (error) {
    // It has none, or was removed meanwhile.
    if (error instanceof ConnectorProblem && error.status === 404) return [];
    throw error;
  }
}

async function* pages({ http, cursor }: Pull<EntraSettings>): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  let at: z.infer<typeof CURSOR> = read.success ? read.data : { list: LIST, open: [], told: {} };
  if (at.list === null && at.open.length === 0) at = { ...at, list: LIST };
  while (at.list !== null || at.open.length > 0) {
    const [principal, ...open] = at.open;
    if (principal === undefined) {
      const { values, next }: Awaited<ReturnType<typeof graphList>> = await graphList(http, at.list ?? LIST);
      const found = values.flatMap((value) => PRINCIPAL.safeParse(value).data ?? []);
      at = { ...at, list: next, open: found.map(({ id, displayName }) => ({ id, displayName })) };
      yield { body: null, cursor: at, last: next === null && found.length === 0 };
      continue;
    }
    const told = { ...at.told };
    const records = (await jobsOf(http, principal)).filter((job) => {
      const state = stateOf(job);
      const before = told[job.id];
      told[job.id] = state;
      return state !== before && !(before === undefined && state === "well");
    });
    at = { ...at, open, told };
    const lines = records.map((job) =>
      JSON.stringify({ servicePrincipal: principal, synchronizationJob: job }),
    );
    yield {
      body: lines.length === 0 ? null : new TextEncoder().encode(lines.join("\n")),
      cursor: at,
      last: at.list === null && open.length === 0,
    };
  }
}

export const entraSyncJobs = connector<EntraSettings>({
  kind: "entra-sync-jobs",
  label: "Microsoft Entra synchronization jobs",
  format: "entra-sync-jobs",
  source: "entra",
  everySeconds: 1800,
  days: null,
  settings: ENTRA_SETTINGS,
  base: graphBase,
  authorizer: entraAuthorizer,
  pages,
});
