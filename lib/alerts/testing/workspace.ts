/** A workspace of its own for each test of alerts, with a mail server and a receiver on this machine. */
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { Db } from "../../../db/client.ts";
import { commandLine } from "../../auth/caller.ts";
import { ingestText } from "../../ingest/testing.ts";
import { type MailServer, startMailServer } from "../../mail/testing.ts";
import { testDatabase } from "../../runtime/testing/database.ts";
import type { AlertRule, ChannelKind } from "../contract.ts";
import { RULE_NAMES } from "../rules.ts";
import { type Round, runRound } from "../run-round.ts";
import { type ChannelChange, setAlertChannel } from "../set-alert-channel.ts";
import { setAlertRules } from "../set-alert-rules.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

export const INSTALLATION = "secret of this installation";
export const MINUTE = 60_000;

/** Call it at the top of a `describe`. Of the rules that about failures alone is on. */
export class AlertsTest {
  readonly database = testDatabase();
  db!: Db;
  workspace = "";
  receiver!: Receiver;
  mail!: MailServer;
  /** Rounds go by this clock, five minutes apart: the rules are looked at in each. */
  now = 0;

  constructor() {
    let n = 0;
    beforeAll(async () => {
      this.mail = await startMailServer({ disabledCommands: ["STARTTLS"] });
      vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
      vi.stubEnv("NEXTAUTH_URL", "https://rollcall.example");
      vi.stubEnv("ROLLCALL_SMTP_URL", `smtp://127.0.0.1:${this.mail.port}`);
      vi.stubEnv("ROLLCALL_MAIL_FROM", "Rollcall <rollcall@larkspur.example>");
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await this.mail.stop();
    });
    beforeEach(async () => {
      this.receiver = await startReceiver();
      this.workspace = `alerts-${n++}`;
      this.db = await this.database.in({ workspace: this.workspace });
      this.mail.received.length = 0;
      this.now = Date.now();
      await this.follow("failure-group");
    });
    afterEach(() => this.receiver.stop());
  }

  /** @throws what went wrong in it, but for what channels answered. */
  async round(): Promise<Round> {
    this.now += 5 * MINUTE;
    const { db, workspace, now } = this;
    const done = await runRound({ db, workspace, installation: INSTALLATION, now });
    if (done === null) throw new Error("Somebody else was at it.");
    if (done.errors.length > 0) throw done.errors[0];
    return done;
  }

  /** Sets up a channel that goes by the name of its kind. */
  channel(kind: ChannelKind, to: string, more: ChannelChange = {}): Promise<string | null> {
    const change = { kind, to, digest: false, ...more };
    return setAlertChannel(this.db, this.workspace, commandLine(), kind, change, INSTALLATION);
  }

  /** Puts these rules on, and all others off. */
  follow(...rules: AlertRule[]): Promise<void> {
    return setAlertRules(this.db, this.workspace, commandLine(), {
      rules: Object.fromEntries(RULE_NAMES.map((rule) => [rule, { on: rules.includes(rule) }])),
    });
  }

  async ingest(...records: string[]): Promise<void> {
    await ingestText(this.db, this.workspace, records.join("\n"), "okta", "okta");
  }

  /** What the receiver got. */
  // biome-ignore lint/suspicious/noExplicitAny: messages of each kind and channel have a shape of their own, which only the test that asked for one knows.
  told(): any[] {
    return this.receiver.calls.map(({ body }) => JSON.parse(body));
  }
}
