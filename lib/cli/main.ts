/** The command line: `npm run -s rollcall -- …`. Exit 0 done, 1 failed, 2 wrong use. */
import { Command, CommanderError } from "commander";
import { PROJECT_ROOT } from "../runtime/home.ts";
import { addAlertCommand } from "./alert.ts";
import { addApart } from "./apart.ts";
import { addApplication } from "./application.ts";
import { addAudit } from "./audit.ts";
import { addBackup } from "./backup.ts";
import { addBench } from "./bench.ts";
import { addConformance } from "./conformance.ts";
import { addConnectorCommand } from "./connector.ts";
import { UsageProblem } from "./context.ts";
import { addDoctor } from "./doctor.ts";
import { addDrillCommand } from "./drill.ts";
import { addEvidence } from "./evidence.ts";
import { addExport } from "./export.ts";
import { sentenceOf } from "./foreseen.ts";
import { addFuzz } from "./fuzz.ts";
import { addIdentity } from "./identity.ts";
import { addIngest } from "./ingest.ts";
import { addKeepReports } from "./keep-reports.ts";
import { addMember } from "./member.ts";
import { addMigrate } from "./migrate.ts";
import { say } from "./output.ts";
import { addPerson } from "./person.ts";
import { addPushCommand } from "./push.ts";
import { addRebuild } from "./rebuild.ts";
import { addReport } from "./report.ts";
import { addRetention } from "./retention.ts";
import { addReview } from "./review.ts";
import { addScimSourceCommand } from "./scim-source.ts";
import { addServe } from "./serve.ts";
import { addShare } from "./share.ts";
import { addToken } from "./token.ts";
import { addWorker } from "./worker.ts";
import { addWorkspaceCommand } from "./workspace.ts";

// Whoever starts a thread finds its program there (lib/ingest/parallel/pool.ts), from whatever folder this was called.
process.env.ROLLCALL_ROOT ??= PROJECT_ROOT;

const program = new Command("rollcall")
  .description("Does the state of every account match the source of truth, and how long did it take?")
  .exitOverride()
  .showHelpAfterError();
for (const add of [
  addIngest,
  addConnectorCommand,
  addAlertCommand,
  addDrillCommand,
  addReport,
  addKeepReports,
  addEvidence,
  addIdentity,
  addPerson,
  addApplication,
  addConformance,
  addMember,
  addToken,
  addWorkspaceCommand,
  addShare,
  addScimSourceCommand,
  addPushCommand,
  addAudit,
  addExport,
  addReview,
  addRetention,
  addRebuild,
  addBackup,
  addMigrate,
  addDoctor,
  addServe,
  addWorker,
  addBench,
  addFuzz,
  addApart,
])
  add(program);

/** What went wrong in a sentence; the stack only of what nobody foresaw. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageProblem) {
    say(error.message);
    process.exitCode = 2;
  } else {
    say(sentenceOf(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    process.exitCode = 1;
  }
}

await program.parseAsync().catch(fail);
