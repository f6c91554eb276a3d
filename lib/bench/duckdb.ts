/** The same file in DuckDB, an analytical database: how fast it reads it, and how fast it answers the reports' questions. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ReportName } from "../reports/contract.ts";
import { secondsOf } from "./measure.ts";

/** Where DuckDB is not installed (it comes with the development packages), nothing is compared with it. */
async function load(): Promise<typeof import("@duckdb/node-api") | null> {
  try {
    return await import("@duckdb/node-api");
  } catch {
    return null;
  }
}

const IMPORT = (file: string) => `
  create table events as
  select uuid, published::timestamp as happened, eventType as type, outcome.result as result, outcome.reason as reason,
    coalesce(list_filter(target, t -> t.type = 'User')[1].id, actor.id) as person,
    coalesce(list_filter(target, t -> t.type = 'User')[1].alternateId, actor.alternateId) as user_name,
    list_filter(target, t -> t.type = 'AppUser')[1].id as account,
    list_filter(target, t -> t.type = 'AppInstance')[1].displayName as application
  from read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = {
    uuid: 'varchar', published: 'varchar', eventType: 'varchar', outcome: 'struct(result varchar, reason varchar)',
    actor: 'struct(id varchar, type varchar, alternateId varchar, displayName varchar)',
    target: 'struct(id varchar, type varchar, alternateId varchar, displayName varchar)[]'})`;

/** The heart of each report's question, without the rules' finer points: less than what Rollcall answers, never more. */
const QUESTIONS: Record<ReportName, string> = {
  coverage: `
    with attempts as (
      select application, account, type, result, happened,
        row_number() over (partition by application, account, type order by happened desc) as newest
      from events where type like 'application.provision.%' and happened > (select max(happened) - interval 90 day from events))
    select application, type, count(*) filter (result = 'SUCCESS') as successes, count(*) filter (result = 'FAILURE') as failures,
      count(*) filter (newest = 1 and result = 'FAILURE') as left_in_failure, max(happened) as last
    from attempts group by all order by all limit 240`,
  failures: `
    with attempts as (
      select application, account, type, result, reason, happened,
        max(happened) filter (result = 'SUCCESS') over (partition by application, account, type) as mended
      from events where type like 'application.provision.%')
    select application, type, reason, count(*) as attempts, count(distinct account) as affected,
      count(distinct account) filter (mended is null or mended < happened) as open, min(happened) as first, max(happened) as last
    from attempts where result = 'FAILURE' group by all order by open desc, last desc limit 50`,
  offboarding: `
    with leavers as (select person, min(happened) as left_at from events where type = 'user.lifecycle.deactivate' group by person),
    ends as (
      select application, account, person, min(happened) filter (result = 'SUCCESS') as ended
      from events where type = 'application.provision.user.deactivate' group by all)
    select l.person, e.application, l.left_at, e.ended, e.ended - l.left_at as latency,
      count(*) over () as steps, quantile_cont(epoch(e.ended - l.left_at), 0.5) over () as p50
    from leavers l join ends e using (person) order by e.ended is not null, l.left_at limit 50`,
  dormant: `
    with used as (
      select application, account, max(happened) filter (type = 'user.authentication.sso') as last_used,
        bool_or(type = 'application.provision.user.deactivate' and result = 'SUCCESS') as ended
      from events where account is not null group by all)
    select *, count(*) over () as dormant from used
    where not ended and last_used < (select max(happened) - interval 90 day from events) order by last_used limit 50`,
  accounts: `
    select application, account, any_value(user_name) as user_name, min(happened) as first, max(happened) as last,
      max(happened) filter (type = 'user.authentication.sso') as last_used, count(*) over () as accounts
    from events where account is not null group by all order by application, account limit 50`,
  joiners: `
    with joined as (select person, min(happened) as joined_at from events where type = 'user.lifecycle.create' group by person),
    working as (
      select person, application, account, min(happened) as working_at from events
      where result = 'SUCCESS' and type in ('application.provision.user.push', 'user.authentication.sso') group by all)
    select j.person, w.application, j.joined_at, w.working_at, w.working_at - j.joined_at as latency, count(*) over () as steps
    from joined j join working w using (person) order by j.joined_at desc limit 50`,
  movers: `
    with moved as (select person, happened from events where type = 'user.account.update_profile'),
    carried as (select person, application, happened from events where type = 'application.provision.user.push_profile' and result = 'SUCCESS')
    select m.person, m.happened, c.application, min(c.happened) as carried_at, count(*) over () as moves
    from moved m left join carried c on c.person = m.person and c.happened between m.happened and m.happened + interval 14 day
    group by all order by m.happened desc limit 50`,
  reconciliation: `
    select application, account, max(happened) as last from events
    where type = 'application.provision.user.deactivate' and result = 'SUCCESS' group by all order by last desc limit 50`,
  completeness: `
    with hours as (select date_trunc('hour', happened) as hour, count(*) as events from events group by all)
    select hour, events, hour - lag(hour) over (order by hour) as gap from hours order by gap desc nulls last limit 50`,
  overview: `
    select count(*) as records, count(distinct application) as applications,
      count(*) filter (type like 'application.provision.%' and result = 'FAILURE') as failures,
      count(distinct person) filter (type = 'user.lifecycle.deactivate') as leavers
    from events`,
};

export interface Duck {
  /** Answers a report's question; throws what DuckDB says. */
  answer(name: ReportName): Promise<void>;
  close(): void;
}

/** A database of DuckDB's, for `work`; null where DuckDB is not installed. @param database path of its file. */
async function inDuck<T>(
  database: string,
  work: (connection: DuckDBConnection, close: () => void) => Promise<T>,
): Promise<T | null> {
  const duckdb = await load();
  if (duckdb === null) return null;
  const instance = await duckdb.DuckDBInstance.create(database);
  const connection = await instance.connect();
  return work(connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

/**
 * Reads a log into a database of DuckDB's, and closes it: what it holds in memory is nobody else's.
 * @param file records, one JSON object a line.
 * @param database path of the database file to make.
 * @returns the seconds that it took; null where DuckDB is not installed.
 */
export const importToDuck = (file: string, database: string): Promise<number | null> =>
  inDuck(database, async (connection, close) => {
    try {
      return await secondsOf(async () => {
        await connection.run(IMPORT(file));
        await connection.run("checkpoint");
      });
    } finally {
      close();
    }
  });

/** Opens what {@link importToDuck} has made. @returns null where DuckDB is not installed. */
export const openDuck = (database: string): Promise<Duck | null> =>
  inDuck(database, async (connection, close) => ({
    answer: async (name) => {
      await (await connection.runAndReadAll(QUESTIONS[name])).getRowsJson();
    },
    close,
  }));
