/**
 * Long work that somebody began from a page and that goes on when they leave it. Kept in this process: it ends with it, as
 * does what it made. An ingest is kept in the database instead, since it is known by its source for good.
 */
import { rm } from "node:fs/promises";
import type { Caller } from "../auth/caller.ts";

/** What a job leaves to be fetched. */
export interface JobFile {
  path: string;
  /** As whoever fetches it gets it. */
  name: string;
  bytes: number;
  sha256: string;
}

export interface Job {
  id: string;
  kind: "rebuild" | "evidence" | "conformance";
  workspace: string;
  /** Of whoever began it. */
  customer: string | null;
  member: string | null;
  by: string;
  about: string | null;
  state: "running" | "done" | "failed";
  done: number;
  all: number | null;
  unit: "subjects" | "records" | "checks";
  startedAt: number;
  finishedAt: number | null;
  error: string | null;
  file: (JobFile & { until: number }) | null;
}

/** Work can't be begun now; the message is for whoever wanted to. */
export class JobProblem extends Error {
  override name = "JobProblem";
  constructor(
    readonly code: "busy" | "known",
    message: string,
  ) {
    super(message);
  }
}

/** Who looks: their own work, and what else the workspace is at where they see all of it. */
export interface Viewer {
  workspace: string;
  by: Pick<Caller, "member" | "customer">;
}

/** Long enough to come back from lunch; a pack holds what its maker may see now and perhaps not tomorrow. */
const KEEP_MS = 60 * 60_000;
/** Packs kept of one workspace: each may be gigabytes. The oldest goes first. */
const MOST_FILES = 5;
/** Ended jobs that are remembered over all workspaces, some hundred bytes each. */
const MOST_ENDED = 200;
/** Of one kind at once in a workspace: a rebuild has the workspace to itself; packs share the database with the pages; a check
 * waits for an application most of the time. */
const MOST_RUNNING: Record<Job["kind"], number> = { rebuild: 1, evidence: 2, conformance: 2 };

const BUSY: Record<Job["kind"], string> = {
  rebuild: "Everything is being worked out anew already.",
  evidence: "Two packs are being written already. Begin this one when one of them is done.",
  conformance: "Two applications are being checked already. Begin this check when one of them is done.",
};

interface Registry {
  jobs: Map<string, Job>;
  listeners: Set<() => void>;
}

// Next compiles each route apart: the jobs hang on the process, so that all of them share them.
const holder = globalThis as { rollcallJobs?: Registry };

function registry(): Registry {
  holder.rollcallJobs ??= { jobs: new Map(), listeners: new Set() };
  return holder.rollcallJobs;
}

const told = () => {
  for (const listener of registry().listeners) listener();
};

/** Calls `listener` whenever any job moves on. @returns what ends that. */
export function onJobs(listener: () => void): () => void {
  registry().listeners.add(listener);
  return () => registry().listeners.delete(listener);
}

function dropFile(job: Job): void {
  if (job.file === null) return;
  void rm(job.file.path, { force: true });
  job.file = null;
  told();
}

/** Forgets what is too much: packs of the workspace first, then ended jobs. */
function makeRoom(workspace: string): void {
  const all = [...registry().jobs.values()];
  const files = all.filter((job) => job.workspace === workspace && job.file !== null);
  for (const job of files.slice(0, Math.max(files.length - MOST_FILES, 0))) dropFile(job);
  const ended = all.filter((job) => job.state !== "running");
  for (const job of ended.slice(0, Math.max(ended.length - MOST_ENDED, 0))) {
    dropFile(job);
    registry().jobs.delete(job.id);
  }
}

export interface JobInput extends Pick<Job, "id" | "kind" | "about" | "all" | "unit"> {
  workspace: string;
  by: Caller;
  /** Does it, and tells how far it is. @returns what can be fetched; null where nothing is left. */
  work: (onProgress: (done: number, all?: number) => void) => Promise<JobFile | null>;
  /** What went wrong in a sentence for the person. */
  explain: (error: unknown) => string;
}

/**
 * Begins work and comes back at once.
 * @returns what ends when the work has; it does not fail.
 * @throws {JobProblem} when as much of the kind is under way as may be, or the id is taken.
 */
export function beginJob({ work, explain, by, workspace, ...input }: JobInput): { ended: Promise<void> } {
  const { jobs } = registry();
  if (jobs.has(input.id)) throw new JobProblem("known", "There is work of this id already.");
  const running = [...jobs.values()].filter(
    (job) => job.workspace === workspace && job.kind === input.kind && job.state === "running",
  );
  if (running.length >= MOST_RUNNING[input.kind]) {
    throw new JobProblem("busy", BUSY[input.kind]);
  }
  const job: Job = {
    ...input,
    workspace,
    customer: by.customer,
    member: by.member,
    by: by.actor.name,
    state: "running",
    done: 0,
    startedAt: Date.now(),
    finishedAt: null,
    error: null,
    file: null,
  };
  jobs.set(job.id, job);
  makeRoom(workspace);
  told();
  const onProgress = (done: number, all?: number) => {
    job.done = done;
    if (all !== undefined) job.all = all;
    told();
  };
  const ended = (async () => {
    try {
      const file = await work(onProgress);
      job.state = "done";
      if (file !== null) {
        job.file = { ...file, until: Date.now() + KEEP_MS };
        setTimeout(() => dropFile(job), KEEP_MS).unref();
      }
    } catch (error) {
      job.state = "failed";
      job.error = explain(error);
    }
    job.finishedAt = Date.now();
    makeRoom(workspace);
    told();
  })();
  return { ended };
}

const isSeen = (job: Job, { workspace, by }: Viewer): boolean =>
  job.workspace === workspace &&
  (by.customer === null || (job.customer === by.customer && job.member === by.member));

/** Whether what a job made is theirs to fetch: its maker's alone. */
export const isMaker = (job: Job, { workspace, by }: Viewer): boolean =>
  job.workspace === workspace &&
  job.customer === by.customer &&
  job.member !== null &&
  job.member === by.member;

/** The jobs that somebody may know of, the newest first. */
export const jobsFor = (viewer: Viewer): Job[] =>
  [...registry().jobs.values()].filter((job) => isSeen(job, viewer)).reverse();

/** The file of a job, for its maker; null when there is none (any more), or it is another's. */
export function fileFor(viewer: Viewer, id: string): JobFile | null {
  const job = registry().jobs.get(id);
  return job !== undefined && isMaker(job, viewer) ? job.file : null;
}
