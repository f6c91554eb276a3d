/** What may go wrong for a reason that whoever asked can act on. */
import { AccessError } from "../../db/access.ts";
import { MigrationError } from "../../db/migrate.ts";
import { AlertProblem } from "../alerts/problem.ts";
import { AccessProblem } from "../auth/caller.ts";
import { OidcSettingsError } from "../auth/oidc/settings.ts";
import { BackupProblem } from "../backup/problem.ts";
import { ConformanceProblem } from "../conformance/problem.ts";
import { ConnectorProblem } from "../connectors/problem.ts";
import { DrillProblem } from "../drills/problem.ts";
import { EvidenceError } from "../evidence/error.ts";
import { CannotVerify } from "../evidence/verify.mjs";
import { FailureProblem } from "../failures/problem.ts";
import { FileProblem } from "../files/problem.ts";
import { IdentityProblem } from "../identities/problem.ts";
import { IngestProblem } from "../ingest/problem.ts";
import { PrivacyProblem } from "../privacy/problem.ts";
import { PushProblem } from "../push/problem.ts";
import { ReviewProblem } from "../reviews/problem.ts";
import { RuntimeProblem } from "../runtime/problem.ts";
import { ScimProblem } from "../scim/problem.ts";
import { ScimSourceProblem } from "../scim-server/problem.ts";

const FORESEEN = [
  AccessError,
  AlertProblem,
  AccessProblem,
  BackupProblem,
  ConformanceProblem,
  ConnectorProblem,
  DrillProblem,
  EvidenceError,
  CannotVerify,
  FailureProblem,
  FileProblem,
  IdentityProblem,
  IngestProblem,
  MigrationError,
  OidcSettingsError,
  PrivacyProblem,
  PushProblem,
  ReviewProblem,
  RuntimeProblem,
  ScimProblem,
  ScimSourceProblem,
];

/** The sentence for the person; null for what nobody foresaw. */
export const sentenceOf = (error: unknown): string | null =>
  error instanceof Error && FORESEEN.some((kind) => error instanceof kind) ? error.message : null;
