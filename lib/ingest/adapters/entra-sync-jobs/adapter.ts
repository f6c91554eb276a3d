/** Entra's synchronization jobs: in quarantine, or well again. docs/formats/entra-sync-jobs.md. */
import type { Adapter } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf } from "../normal.ts";
import { type JsonObject, member, objectOf, requiredInstant, requiredObject, textOf } from "../read.ts";

const text = (object: JsonObject | null, name: string) => textOf(member(object, name));
const inner = (object: JsonObject | null, name: string) => objectOf(member(object, name));

/** When the job was last seen well: the end of the last run that went well, else of the last state without changes. */
const wellAt = (status: JsonObject | null, job: JsonObject) =>
  requiredInstant([
    ["lastSuccessfulExecution.timeEnded", member(inner(status, "lastSuccessfulExecution"), "timeEnded")],
    ["lastExecution.timeEnded", member(inner(status, "lastExecution"), "timeEnded")],
    ["steadyStateLastAchievedTime", member(status, "steadyStateLastAchievedTime")],
    ["createdDateTime", member(job, "createdDateTime")],
  ]);

export const entraSyncJobs: Adapter = {
  format: "entra-sync-jobs",
  label: "Microsoft Entra synchronization jobs",

  detect(value) {
    const record = objectOf(value);
    const job = inner(record, "synchronizationJob");
    return (
      inner(record, "servicePrincipal") !== null && text(job, "id") !== null && inner(job, "status") !== null
    );
  },

  parse(value) {
    const record = requiredObject(value);
    const principal = inner(record, "servicePrincipal");
    const job = inner(record, "synchronizationJob") ?? {};
    const status = inner(job, "status");
    const id = text(principal, "id");
    const about = {
      nativeId: text(job, "id"),
      layer: "provisioning",
      operation: "import",
      object: "application",
      application: { id, name: text(principal, "displayName") ?? id ?? "unknown" },
    } as const;
    if (text(status, "code")?.toLowerCase() !== "quarantine") {
      return [
        eventOf({
          ...about,
          nativeType: "synchronizationJob.well",
          at: wellAt(status, job),
          outcome: "success",
        }),
      ];
    }
    const quarantine = inner(status, "quarantine");
    const at = requiredInstant([
      ["quarantine.currentBegan", member(quarantine, "currentBegan")],
      ["quarantine.seriesBegan", member(quarantine, "seriesBegan")],
      ["lastExecution.timeEnded", member(inner(status, "lastExecution"), "timeEnded")],
    ]);
    const error = inner(quarantine, "error");
    const code = text(quarantine, "reason");
    const message = text(error, "message") ?? text(error, "code");
    return [
      eventOf({
        ...about,
        nativeType: "synchronizationJob.quarantine",
        at,
        outcome: "failure",
        detail: "quarantine",
        error: errorOf({ code, message, class: "quarantine" }),
      }),
    ];
  },
};
