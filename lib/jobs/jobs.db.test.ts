/** Long work begun from pages: real packs and rebuilds, followed to their end. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { finishIngest, insertStandingIngest, startIngest } from "../../db/queries/ingests.ts";
import { act } from "../auth/act.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { type EvidenceWriter, writerHere } from "../evidence/export-evidence.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { writerApart } from "../evidence/write-apart.ts";
import { ingest } from "../ingest/ingest.ts";
import { type Rebuild, rebuildApart } from "../ingest/rebuild-apart.ts";
import type { JobsReport } from "../reports/contract.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { accessToEnv } from "../runtime/web.ts";
import { sampleCompany } from "../sample/company.ts";
import { beginEvidence } from "./begin-evidence.ts";
import { beginRebuild } from "./begin-rebuild.ts";
import { beginJob, fileFor, JobProblem } from "./jobs.ts";
import { jobsStream } from "./jobs-stream.ts";
import { listJobs } from "./list-jobs.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const somebody = (member: string, more: Partial<Caller> = {}): Caller => ({
  ...commandLine(),
  actor: { kind: "member", id: member, name: member, address: null },
  member,
  ...more,
});
const ann = somebody("ann");
const bob = somebody("bob");
const SCOPE = { workspace: "main", customer: null };
const viewer = (by: Caller, workspace = "main") => ({ workspace, by });

/** The events of a stream until `enough` says so. */
async function follow(
  stream: ReadableStream<Uint8Array>,
  enough: (report: JobsReport) => boolean,
): Promise<JobsReport[]> {
  const reports: JobsReport[] = [];
  let text = "";
  for await (const piece of stream.pipeThrough(
    new TextDecoderStream() as TransformStream<Uint8Array, string>,
  )) {
    text += piece;
    for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
      const data = /^event: jobs\ndata: (.*)$/u.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data === undefined) continue;
      reports.push(JSON.parse(data) as JobsReport);
      if (enough(reports.at(-1) as JobsReport)) return reports;
    }
  }
  return reports;
}

describe("long work", () => {
  const database = testDatabase();
  // As pages do: in processes of their own.
  const write: EvidenceWriter = (...given) => writerApart(SCOPE, accessToEnv(database.access))(...given);
  const rebuild: Rebuild = (...given) => rebuildApart(SCOPE, accessToEnv(database.access))(...given);

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 8, end: END, scale: 0.02 }).files) {
      const bytes = (async function* () {
        for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
      })();
      await ingest(database.db, "main", ann, {
        chunks: bytes,
        file: source,
        bytesTotal: null,
        source,
        format,
      });
    }
  }, 120_000);

  it("writes a pack while its progress is told, and leaves it for its maker alone", async () => {
    const id = randomUUID();
    const stop = new AbortController();
    const stream = jobsStream(database.db, viewer(ann), stop.signal);
    const { ended } = beginEvidence(database.db, "main", ann, id, { application: undefined }, write);
    const of = (report: JobsReport) => report.jobs.find((row) => row.id === id);
    const reports = await follow(
      stream as ReadableStream<Uint8Array>,
      (report) => of(report)?.state === "done",
    );
    await ended;
    const last = of(reports.at(-1) as JobsReport);
    expect(last).toMatchObject({
      kind: "evidence",
      about: "everything",
      by: "ann",
      unit: "records",
      error: null,
    });
    expect(last?.all).toBeGreaterThan(100);
    expect(last?.done).toBe(last?.all);
    const file = fileFor(viewer(ann), id);
    expect(file?.bytes).toBe(last?.download?.bytes);
    expect(await verifyPack(file?.path ?? "")).toMatchObject({ valid: true });

    expect(fileFor(viewer(bob), id)).toBeNull();
    expect(fileFor(viewer(ann, "other"), id)).toBeNull();
    expect(fileFor(viewer(somebody("ann", { customer: "Acme" })), id)).toBeNull();
    const seen = async (by: Caller, workspace = "main") =>
      (await listJobs(database.db, viewer(by, workspace))).jobs.find((row) => row.id === id);
    expect(await seen(bob)).toMatchObject({ state: "done", download: null });
    expect(await seen(ann, "other")).toBeUndefined();
    expect(await seen(somebody("eve", { customer: "Acme" }))).toBeUndefined();
    const [entry] = await database.owner
      .sql`select object, actor_id from audit_entries where verb = 'export-evidence'`;
    expect(entry).toEqual({ object: file?.name, actor_id: "ann" });
  });

  it("keeps five packs of a workspace, and takes the oldest away", async () => {
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const files: string[] = [];
    // Who writes them is told above: six processes one after another are more than this needs.
    const here = writerHere(database.db, "main");
    for (const id of ids) {
      await beginEvidence(database.db, "main", ann, id, { application: "Slack", to: END }, here).ended;
      files.push(fileFor(viewer(ann), id)?.path ?? "");
    }
    expect(fileFor(viewer(ann), ids[0] ?? "")).toBeNull();
    await vi.waitFor(() => expect(existsSync(files[0] ?? "")).toBe(false), 60_000);
    expect(ids.slice(1).map((id) => existsSync(fileFor(viewer(ann), id)?.path ?? ""))).toEqual(
      Array(5).fill(true),
    );
  });

  it("works everything out anew, one at a time", async () => {
    const id = randomUUID();
    const { ended } = beginRebuild("main", ann, id, rebuild);
    expect(() => beginRebuild("main", bob, randomUUID(), rebuild)).toThrow(JobProblem);
    expect(() => beginEvidence(database.db, "main", bob, id, {}, write)).toThrow(JobProblem);
    await ended;
    const row = (await listJobs(database.db, viewer(bob))).jobs.find((one) => one.id === id);
    expect(row).toMatchObject({ kind: "rebuild", state: "done", unit: "subjects", by: "ann" });
    expect(row?.all).toBeGreaterThan(50);
    expect(row?.done).toBe(row?.all);
    await beginRebuild("main", bob, randomUUID(), rebuild).ended;
  });

  it("says in a sentence why it failed, and that one may not", async () => {
    const id = randomUUID();
    await beginRebuild("main", somebody("eve", { role: "reviewer" }), id, rebuild).ended;
    const row = (await listJobs(database.db, viewer(ann))).jobs.find((one) => one.id === id);
    expect(row).toMatchObject({ state: "failed", download: null });
    expect(row?.error).toContain("reviewer");
  });

  it("tells of ingests, whoever began them", async () => {
    const { jobs } = await listJobs(database.db, viewer(bob));
    expect(jobs.filter(({ kind }) => kind === "ingest").length).toBeGreaterThan(1);
    const starts = jobs.map(({ startedAt }) => startedAt);
    expect(starts.toSorted().reverse()).toEqual(starts);
  });

  it("tells of what runs and of who waits for a file, however many ingests were begun since", async () => {
    const id = randomUUID();
    await beginEvidence(
      database.db,
      "main",
      ann,
      id,
      { application: "Slack", to: END },
      writerHere(database.db, "main"),
    ).ended;
    const long = randomUUID();
    const small = { source: "program", format: "generic", file: null, bytesTotal: null };
    const note = (ingest: string, how: typeof startIngest | typeof insertStandingIngest) =>
      act({ db: database.db, workspace: "main", by: ann }, "ingest", "ingest", async (sql) => {
        await how(sql, "main", { ...small, ingest });
        return { result: undefined, object: ingest };
      });
    await note(long, startIngest);
    for (let i = 0; i < 25; i++) await note(randomUUID(), insertStandingIngest);
    const { jobs } = await listJobs(database.db, viewer(ann));
    expect(jobs.find((job) => job.id === id)?.download).not.toBeNull();
    expect(jobs.find((job) => job.id === long)).toMatchObject({ kind: "ingest", state: "running" });
    expect(new Set(jobs.map((job) => job.id)).size).toBe(jobs.length);
    await finishIngest(database.db, "main", long, { ...small, error: null });
    const after = (await listJobs(database.db, viewer(ann))).jobs;
    expect(after.some((job) => job.id === long)).toBe(false);
  });

  it("ends the stream when the browser goes or the process stops, and opens no more than a hundred", async () => {
    const stop = new AbortController();
    const open = Array.from({ length: 100 }, () => jobsStream(database.db, viewer(ann), stop.signal));
    expect(open.every((stream) => stream !== null)).toBe(true);
    expect(jobsStream(database.db, viewer(ann), stop.signal)).toBeNull();
    await open[0]?.cancel();
    const next = jobsStream(database.db, viewer(ann), stop.signal);
    expect(next).not.toBeNull();
    stop.abort();
    const reports = await follow(next as ReadableStream<Uint8Array>, () => false);
    expect(reports.length).toBeLessThanOrEqual(1);
    expect(jobsStream(database.db, viewer(ann), AbortSignal.abort())).not.toBeNull();
  });

  it("forgets what ended long ago, and never what runs", async () => {
    let finish = () => {};
    const running = randomUUID();
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const job = (id: string, workspace: string, work: () => Promise<null>) =>
      beginJob({
        id,
        kind: "rebuild",
        about: null,
        all: null,
        unit: "subjects",
        workspace,
        by: ann,
        work,
        explain: String,
      });
    const long = job(running, "many", async () => {
      await gate;
      return null;
    });
    for (let i = 0; i < 250; i++) await job(randomUUID(), `many-${i}`, async () => null).ended;
    const still = (await listJobs(database.db, viewer(ann, "many"))).jobs;
    expect(still).toMatchObject([{ id: running, state: "running" }]);
    expect((await listJobs(database.db, viewer(ann, "many-0"))).jobs).toEqual([]);
    expect((await listJobs(database.db, viewer(ann, "many-249"))).jobs).toHaveLength(1);
    finish();
    await long.ended;
  });
});
