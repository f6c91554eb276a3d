/** Each change of state is one function in a file named for its verb, which asks for a permission and writes the audit log. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Functions that write what no person decides, and whoever calls them: each with its reason. */
const MACHINERY: Record<string, string> = {
  "lib/cli/keep-reports.ts": "reports as they were worked out",
  "lib/reports/editions/build.ts": "the same",
  "lib/reports/editions/kept.ts": "what is to be worked out",
  "lib/reports/editions/large.ts": "the same",
  "lib/runtime/access.ts": "migrates, as the owner",
  "lib/auth/act.ts": "writes the audit entry itself",
  "lib/scim-server/authenticate.ts": "notes the last use of a token",
  "lib/scim-server/write.ts":
    "carries out what an identity provider asks for; each request stands in the log, and who is shut out by it in the audit log",
  "lib/scim-server/team.ts": "changes who is in a group, in the transaction of the request that asks for it",
  "lib/scim-server/record.ts": "appends requests to the log, in the transaction of what they change",
  "lib/auth/authenticate.ts": "notes the last use of a session or a token",
  "lib/auth/oidc/recheck-member.ts":
    "notes that the provider was asked; what it answers goes through admit-member",
  "lib/ingest/ingest.ts": "carries on what the act in it has begun: batches, their counts, the end",
  "lib/ingest/refresh.ts": "works read models out",
  "lib/ingest/subject-records.ts": "notes what of the log has been worked out",
  "lib/cli/migrate.ts": "migrates, as the owner",
  "lib/conformance/run-due-check.ts":
    "notes when it is tried again, and why; the check has its entry, and so has its trial",
  "lib/drills/run-due.ts": "notes how far a drill has come, before each request; its trial has its entry",
  "lib/drills/look-at-followed.ts": "notes when it has looked; what it keeps has its entry",
  "lib/ingest/relink.ts": "works out who is who",
  "lib/ingest/rebuild.ts": "counts hours anew, after the act in it",
  "lib/ingest/standing-source.ts":
    "makes a source known, and appends what it sends, in the transaction of whoever calls it",
  "lib/push/keep-deliveries.ts": "appends what a vendor sends, and notes that it came",
  "lib/push/answer-push.ts": "notes why a delivery was refused",
  "lib/connectors/read-pages.ts": "carries on what the act in pull-records has begun",
  "lib/connectors/run-work.ts": "notes how a run went",
  "lib/alerts/run-round.ts":
    "raises and resolves by rules, and notes when it did; what people set of them has its entry",
  "lib/alerts/deliver.ts": "notes what channels were told, and how they fare",
  "lib/worker/worker.ts": "waits for its turn to make the queue's tables, as the owner",
  "lib/connectors/store-page.ts": "appends what a vendor gives, and where to go on",
  "lib/reviews/append.ts": "appends records and folds them, in the transaction of the act that calls it",
  "lib/reviews/refold.ts": "folds reviews anew, in the transaction of the rebuild",
  "lib/runtime/log-timer.ts": "gives records their place in the log's tree",
  "lib/transparency/publish-head.ts": "signs what the log is; nobody decides anything",
  "lib/privacy/carry-out-requests.ts": "notes what became of a request; what was done has its entry",
  "lib/privacy/hold-log.ts":
    "brings the read models up to the log, in the transaction of the act that calls it",
  "lib/privacy/seal-log.ts": "changes the log, in the transaction of the act that calls it",
  "lib/sample/load-sample.ts": "notes the end of what the act in it has begun",
};

const files = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file))
    .map((file) => join(folder, file).replaceAll("\\", "/"));

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The exported functions of a module with their text, from one `export` to the next. */
function functionsOf(file: string): { name: string; text: string }[] {
  return read(file)
    .split(/^(?=export )/mu)
    .flatMap((text) => {
      const name = /^export (?:async )?(?:function\*?|const) (\w+)/u.exec(text)?.[1];
      return name === undefined ? [] : [{ name, text }];
    });
}

const WRITES =
  /\b(?:insert into|update \w+ (?:\w+ )?set|delete from|copyInto\(|\borm\s*\.(?:insert|update|delete)\()/u;

/** Functions of db/ that write, also through another of their module; by name. */
function writers(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files("db")) {
    const whole = read(file);
    for (const { name, text } of functionsOf(file)) {
      const helpers = [...whole.matchAll(/^(?:async )?function\*? (\w+)[\s\S]*?^\}/gmu)].filter(
        ([body, helper]) => WRITES.test(body) && text.includes(`${helper}(`),
      );
      if (WRITES.test(text) || helpers.length > 0) found.set(name, file);
    }
  }
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const file of files("db")) {
      for (const { name, text } of functionsOf(file)) {
        if (
          [...found.keys()].some(
            (writer) => writer !== name && new RegExp(`(?<!function )\\b${writer}\\(`, "u").test(text),
          )
        )
          found.set(name, file);
      }
    }
  }
  return found;
}

/** Files outside of db/ that call a function of db/ that writes, or write themselves. */
function callers(): string[] {
  const writing = [...writers().keys()];
  return ["app", "components", "lib"]
    .flatMap(files)
    .filter((file) => !/^lib\/(?:bench|fuzz|runtime\/testing|backup)\//u.test(file))
    .filter((file) => {
      const text = read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, "");
      const imported = [...text.matchAll(/import \{([^}]*)\} from "[^"]*\/db\/[^"]*"/gu)].flatMap(
        ([, names = ""]) => names.split(",").map((name) => name.trim().split(" as ")[0] ?? ""),
      );
      return (
        writing.some((name) => imported.includes(name)) || /sql`\s*(?:insert|update|delete)\b/u.test(text)
      );
    });
}

const acts = () => callers().filter((file) => /\bact\(/u.test(read(file)) && file !== "lib/auth/act.ts");

const camel = (words: string) => words.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());

describe("a change of state", () => {
  it("is found: the scan knows the functions that write", () => {
    const names = [...writers().keys()];
    for (const known of [
      "insertDecisions",
      "insertAudit",
      "appendBatch",
      "storeSubjects",
      "revokeSessions",
      "setSample",
    ])
      expect(names).toContain(known);
    for (const reader of ["readAudit", "readMembers", "readDocuments", "sessionHolder"])
      expect(names).not.toContain(reader);
  });

  it("goes through act(), which asks for a permission first and writes the entry; or is machinery, with a reason", () => {
    const [all, throughAct] = [callers(), acts()];
    const without = all.filter((file) => !throughAct.includes(file) && MACHINERY[file] === undefined);
    expect(without).toEqual([]);
    const gone = Object.keys(MACHINERY).filter((file) => !all.includes(file));
    expect(gone).toEqual([]);
  });

  it("stands in a file named for its verb", () => {
    for (const file of acts()) {
      const verb = basename(file, ".ts");
      const exported = functionsOf(file).map(({ name }) => name);
      expect(exported, file).toContain(camel(verb));
      const called = [...read(file).matchAll(/\bact\([^"]*"(\w+)"(?: : "\w+")*, "([a-z-]+)"/gu)].map(
        ([, , told]) => told,
      );
      expect(called, `${relative(ROOT, join(ROOT, file))} writes its own verb`).toContain(verb);
    }
    expect(acts().length).toBeGreaterThan(12);
  });
});
