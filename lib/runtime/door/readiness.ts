/** Whether requests can be answered now: what a load balancer asks before it sends some. */
import type { Db } from "../../../db/client.ts";
import { isMigrated } from "../../../db/queries/migrations.ts";
import { metrics } from "../metrics.ts";
import { stopping } from "../stopping.ts";

/** Longer than any healthy database takes, shorter than a load balancer waits. */
const DATABASE_MS = 2_000;

export interface Readiness {
  ready: boolean;
  checks: {
    /** The pages are built and the database was reached once. */
    started: boolean;
    /** The database answers within two seconds. */
    database: boolean;
    /** It has the tables of this version; a newer one may have added some. */
    migrations: boolean;
    /** The process is not being stopped. */
    running: boolean;
  };
}

export type Check = () => Promise<Readiness>;

const readinessOf = (checks: Readiness["checks"]): Readiness => ({
  ready: Object.values(checks).every(Boolean),
  checks,
});

export const NOT_STARTED: Readiness = readinessOf({
  started: false,
  database: false,
  migrations: false,
  running: true,
});

/** Null when `work` fails or takes longer than `ms`; a query that is stuck goes on behind it. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([work.catch(() => null), late]).finally(() => clearTimeout(timer));
}

/** A check of `db`. Whoever asks while one is under way gets the same: asking often costs the database nothing. */
export function checkOf(db: Db): Check {
  let pending: Promise<Readiness> | null = null;
  const check = async (): Promise<Readiness> => {
    const { databaseUp, databaseSeconds } = metrics();
    const end = databaseSeconds.startTimer();
    const migrated = await within(DATABASE_MS, isMigrated(db));
    end();
    databaseUp.set(migrated === null ? 0 : 1);
    return readinessOf({
      started: true,
      database: migrated !== null,
      migrations: migrated === true,
      running: !stopping().aborted,
    });
  };
  return () => {
    pending ??= check().finally(() => {
      pending = null;
    });
    return pending;
  };
}
