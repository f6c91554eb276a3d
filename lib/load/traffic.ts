/** What people and programs do with an installation at once: read, send records, take things out, review. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JobsReport, ReportName } from "../reports/contract.ts";
import { REPORT_NAMES } from "../reports/run.ts";
import type { ReviewItemRow } from "../reviews/contract.ts";
import { Random } from "../sample/random.ts";
import { type Answer, ask, askWhenThere, jsonOf, type Request } from "./client.ts";
import { type Person, type Running, SETTLED, uuidOf } from "./installation.ts";
import { Sent } from "./kept.ts";
import type { Latencies } from "./latency.ts";
import type { RollcallProcess } from "./processes.ts";

const DAY = 86_400_000;

/** Reads of one kind: what is asked for, by its name in the table. */
interface Read {
  kind: string;
  path: string;
}

/** How pages ask for a report that they show whole, or as many rows of as people look through; of others they ask for the figures. */
const FIGURES: { readonly [N in ReportName]?: string } = { coverage: "", failures: "?limit=1000" };
/** Those of which a table shows the rows. */
const WITH_ROWS = ["accounts", "dormant", "joiners", "movers", "offboarding", "reconciliation"] as const;

/** What each page asks the API for, and the search; of what the log has. */
async function readsOf({ webs, operator }: Running): Promise<Read[]> {
  const origin = webs()[0]?.origin ?? "";
  const get = async <T>(path: string) => jsonOf<T>(await askWhenThere(origin, operator, `/api/v1${path}`));
  const reads: Read[] = REPORT_NAMES.map((name) => ({
    kind: name,
    path: `/api/v1/reports/${name}${FIGURES[name] ?? "?limit=1"}`,
  }));
  for (const name of WITH_ROWS)
    reads.push({ kind: `${name}: rows`, path: `/api/v1/reports/${name}?limit=100&only=rows` });
  for (const kind of ["jobs", "alerts", "links", "sources", "reviews"])
    reads.push({ kind, path: `/api/v1/${kind}` });
  reads.push(
    { kind: "search", path: "/api/v1/search?q=ada" },
    { kind: "page: overview", path: "/" },
    { kind: "page: sources", path: "/sources" },
  );
  const { rows: people } = await get<{ rows: { subject: string; name: string }[] }>(
    "/reports/offboarding?limit=1",
  );
  const person = people[0];
  if (person !== undefined) {
    const path = `/api/v1/identities/${encodeURIComponent(person.subject)}`;
    const { events } = await get<{ events: { id: string }[] }>(`${path.slice(7)}/events?limit=1`);
    reads.push({ kind: "person", path }, { kind: "person's events", path: `${path}/events?limit=50` });
    if (events[0]) reads.push({ kind: "event", path: `/api/v1/events/${encodeURIComponent(events[0].id)}` });
  }
  const failures = await get<{ rows: { id: string }[] }>("/reports/failures?limit=1");
  if (failures.rows[0])
    reads.push({
      kind: "failure",
      path: `/api/v1/failures/${encodeURIComponent(failures.rows[0].id)}?limit=100`,
    });
  const { rows: coverage } = await get<{ rows: { application: string }[] }>("/reports/coverage?limit=1");
  if (coverage[0])
    reads.push({
      kind: "application",
      path: `/api/v1/applications/${encodeURIComponent(coverage[0].application)}`,
    });
  return reads;
}

export interface TrafficOptions {
  readers: number;
  /** Milliseconds between two requests of a reader, half of it more or less. */
  readerPaceMs?: number;
  /** Milliseconds between two uploads; 0: none are sent. */
  ingestPaceMs?: number;
  /** Milliseconds between two exports; 0: none. */
  exportPaceMs?: number;
  /** Milliseconds between two decisions in a review; 0: none. */
  reviewPaceMs?: number;
  seed: number;
}

/** What is asked again until it is answered: records are sent until they are known to be there. */
const AGAIN_MS = 250;

/** Traffic that goes on until it is stopped. */
export class Traffic {
  readonly sent = new Sent();
  /** Refusals as they were told, each once: what people and programs heard while something was wrong. */
  readonly told = new Map<string, { message: string | null; retryAfter: string | null }>();
  #stopped = false;
  readonly #running: Promise<void>[] = [];
  readonly #random: Random;
  #turn = 0;

  private constructor(
    private readonly at: Running,
    private latencies: Latencies,
    private readonly options: TrafficOptions,
    private readonly reads: readonly Read[],
    private readonly people: readonly Person[],
    private readonly reviewer: Person,
  ) {
    this.#random = new Random(options.seed, "traffic");
  }

  /** Signs people in, and begins. */
  static async begin(at: Running, latencies: Latencies, options: TrafficOptions): Promise<Traffic> {
    const people: Person[] = [];
    for (let i = 0; i < options.readers; i++) people.push(await at.invite("analyst"));
    const traffic = new Traffic(
      at,
      latencies,
      options,
      await readsOf(at),
      people,
      await at.invite("reviewer"),
    );
    // What is worked out for the first time is waited for by nobody who is counted.
    for (const { path } of traffic.reads) await askWhenThere(at.webs()[0]?.origin ?? "", at.operator, path);
    traffic.#begin();
    return traffic;
  }

  /** From now on all is noted there; what was told before is forgotten. */
  noteIn(latencies: Latencies): void {
    this.latencies = latencies;
    this.told.clear();
  }

  /** Every page's data once more, of each web process: what is answered otherwise than well. */
  async checkAll(): Promise<string[]> {
    const bad: string[] = [];
    for (const web of this.at.webs()) {
      for (const { kind, path } of this.reads) {
        const answer = await ask(web.origin, this.at.operator, path);
        if (answer.error !== null) bad.push(`${kind}: ${answer.error} ${answer.message ?? ""}`);
      }
    }
    return bad;
  }

  /** Stops, when what is under way has been answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  #begin(): void {
    const { readerPaceMs = 1_000, ingestPaceMs = 0, exportPaceMs = 0, reviewPaceMs = 0 } = this.options;
    this.people.forEach((person, i) => {
      // Not all in the same moment, also not after one in which all had to wait: people do not fall into step.
      const pace = () => readerPaceMs * (0.5 + this.#random.next());
      this.#loop(pace, () => this.#read(person), (i * readerPaceMs) / this.people.length);
    });
    if (ingestPaceMs > 0)
      this.#loop(
        () => ingestPaceMs,
        () => this.#ingest(),
      );
    if (exportPaceMs > 0)
      this.#loop(
        () => exportPaceMs,
        () => this.#export(),
      );
    if (reviewPaceMs > 0) this.#run(() => this.#review(reviewPaceMs));
  }

  /** What goes wrong in it is told to whoever stops the traffic. */
  #run(work: () => Promise<void>): void {
    const running = work();
    running.catch(() => {});
    this.#running.push(running);
  }

  #loop(paceMs: () => number, work: () => Promise<void>, firstMs = 0): void {
    this.#run(async () => {
      await this.#wait(firstMs);
      while (!this.#stopped) {
        const next = performance.now() + paceMs();
        await work();
        await this.#wait(next - performance.now());
      }
    });
  }

  /** Waits, or until it is stopped. */
  async #wait(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (!this.#stopped && performance.now() < end) await sleep(Math.min(end - performance.now(), 100));
  }

  /** The web processes in turn, as what stands in front of several would. */
  #web(): RollcallProcess {
    const webs = this.at.webs();
    return webs[this.#turn++ % webs.length] as RollcallProcess;
  }

  async #ask(kind: string, session: string, path: string, request?: Request): Promise<Answer> {
    const answer = await ask(this.#web().origin, session, path, request);
    if (answer.error === null) this.latencies.add(kind, answer.ms);
    else {
      this.latencies.fail(kind, answer.error);
      if (answer.status > 0 && !this.told.has(answer.error))
        this.told.set(answer.error, { message: answer.message, retryAfter: answer.retryAfter });
    }
    return answer;
  }

  async #read({ session }: Person): Promise<void> {
    const { kind, path } = this.#random.pick(this.reads);
    await this.#ask(kind, session, path);
  }

  /** A piece of the log, sent until it is acknowledged: as whoever sends a log does. */
  async #ingest(): Promise<void> {
    const { done, value: lines } = this.at.live.next();
    if (done) return;
    const body = `${lines.join("\n")}\n`;
    for (;;) {
      const answer = await this.#ask(
        "upload",
        this.at.operator,
        "/api/v1/ingest?source=okta&name=live.ndjson",
        {
          body,
          type: "application/octet-stream",
        },
      );
      // Sent is sent: also when all is stopped, what was begun is brought to its end.
      if (answer.error === null) break;
      await sleep(AGAIN_MS);
    }
    this.sent.records.push(...lines.map(uuidOf));
  }

  async #export(): Promise<void> {
    const { operator } = this.at;
    const name = this.#random.pick(["coverage", "failures", "accounts"] as const);
    await this.#ask("export: CSV", operator, `/api/v1/reports/${name}?format=csv`);
    await this.#ask("export: OCSF", operator, "/api/v1/export/ocsf?from=2025-12-01");
    await this.#pack();
  }

  /** A pack: begun, followed, fetched. */
  async #pack(): Promise<void> {
    const { origin } = this.#web();
    const { operator } = this.at;
    const body = JSON.stringify({ application: "Application 02", asOf: SETTLED });
    const begun = await ask(origin, operator, "/api/v1/evidence", { body });
    if (begun.error !== null) return this.latencies.fail("export: pack", begun.error);
    const started = performance.now();
    const { id } = jsonOf<{ id: string }>(begun);
    for (;;) {
      await sleep(200);
      const answer = await ask(origin, operator, "/api/v1/jobs");
      if (answer.error !== null) return this.latencies.fail("export: pack", answer.error);
      const job = jsonOf<JobsReport>(answer).jobs.find((one) => one.id === id);
      if (job === undefined) return this.latencies.fail("export: pack", "gone");
      if (job.state === "failed") return this.latencies.fail("export: pack", "failed");
      if (job.state === "running") continue;
      const file = await ask(origin, operator, job.download?.href ?? "");
      if (file.error !== null) return this.latencies.fail("export: pack", file.error);
      if (file.body.length !== job.download?.bytes) return this.latencies.fail("export: pack", "cut off");
      return this.latencies.add("export: pack", performance.now() - started);
    }
  }

  /** Reviews, one after the other: opened, decided item by item, ended. */
  async #review(paceMs: number): Promise<void> {
    const { operator } = this.at;
    for (let number = 1; !this.#stopped; number++) {
      const body = JSON.stringify(this.#reviewInput(number));
      const opened = await this.#ask("review: open", operator, "/api/v1/reviews", { body });
      if (opened.error !== null) {
        await this.#wait(1_000);
        continue;
      }
      const { review } = jsonOf<{ review: string }>(opened);
      const list = await this.#untilAnswered("review: items", `/api/v1/reviews/${review}/items?limit=200`);
      for (const row of list === null ? [] : jsonOf<{ rows: ReviewItemRow[] }>(list).rows) {
        if (this.#stopped) break;
        await this.#decide(review, row);
        await this.#wait(paceMs);
      }
      await this.#ask("review: end", operator, `/api/v1/reviews/${review}/state`, {
        body: JSON.stringify({ state: "ended" }),
      });
    }
  }

  async #untilAnswered(kind: string, path: string): Promise<Answer | null> {
    while (!this.#stopped) {
      const answer = await this.#ask(kind, this.reviewer.session, path);
      if (answer.error === null) return answer;
      await sleep(AGAIN_MS);
    }
    return null;
  }

  async #decide(review: string, { item, version }: ReviewItemRow): Promise<void> {
    const decision = this.#random.chance(0.8) ? "keep" : "revoke";
    const decisions = [{ item, version, decision, reason: "as the load test has it" }];
    const answer = await this.#ask(
      "review: decide",
      this.reviewer.session,
      `/api/v1/reviews/${review}/decisions`,
      { body: JSON.stringify({ decisions }) },
    );
    if (answer.error !== null) return;
    const { decided } = jsonOf<{ decided: string[] }>(answer);
    if (decided.includes(item)) this.sent.decisions.push({ review, item, decision });
  }

  #reviewInput(number: number): object {
    const { member } = this.reviewer;
    const application = `Application ${String(1 + (number % 60)).padStart(2, "0")}`;
    return {
      name: `Load ${this.options.seed} ${number}`,
      scope: {
        kinds: ["account"],
        applications: [application],
        customers: [],
        departments: [],
        flaggedOnly: false,
        nonHumanOnly: false,
        items: [],
      },
      asOf: null,
      dueAt: new Date(Date.now() + 14 * DAY).toISOString().slice(0, 10),
      rules: ["named"],
      named: [member],
      fallback: this.people[0]?.member,
      secondShare: 0,
      second: null,
      every: null,
    };
  }
}
