import { describe, expect, it } from "vitest";
import { type Migration, readMigrations } from "./migration-files.ts";
import { brokenRules } from "./migration-rules.ts";

/** A file of these statements. */
function file(...statements: string[]): Migration {
  const outside = statements[0]?.startsWith("-- outside a transaction") ?? false;
  return { tag: "0007_test", when: 7, hash: "", statements, outside };
}

const reasons = (...statements: string[]) =>
  brokenRules(file(...statements)).map((sentence) => sentence.replace(/^.*" /u, ""));

describe("every migration after the first", () => {
  it("only adds, and holds no table for long", () => {
    const [first, ...later] = readMigrations();
    expect(first?.tag).toBe("0000_first");
    expect(later.flatMap(brokenRules)).toEqual([]);
  });
});

describe("a migration is refused that", () => {
  it.each([
    ['DROP TABLE "sources"', "takes away"],
    ['ALTER TABLE "sources" DROP COLUMN "customer"', "takes away"],
    ['ALTER TABLE "sources" drop customer', "takes away"],
    ['alter table "sources"\n\tadd column "a" text,\n\tdrop column "customer"', "takes away"],
    ['ALTER TABLE "sources" RENAME TO "streams"', "renames"],
    ['ALTER TABLE "sources" RENAME COLUMN "customer" TO "client"', "renames"],
    ['ALTER TABLE "sources" rename "customer" TO "client"', "renames"],
    ['ALTER TABLE "sources" ALTER COLUMN "customer" SET DATA TYPE varchar(10)', "changes a column's type"],
    ['ALTER TABLE "sources" ALTER "customer" TYPE varchar(10)', "changes a column's type"],
    ['ALTER TABLE "sources" ALTER COLUMN "customer" SET NOT NULL', "reads the whole table"],
    ['ALTER TABLE "sources" ADD CONSTRAINT "c" CHECK (customer <> \'\')', "reads the whole table"],
    [
      'ALTER TABLE "sources" ADD CONSTRAINT "f" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id")',
      "reads the whole table",
    ],
    ['ALTER TABLE "public"."records" ADD CONSTRAINT "u" UNIQUE("segment")', "builds an index under a lock"],
    ['ALTER TABLE "sources" ADD COLUMN "owner" text NOT NULL', "adds a column that"],
    ['ALTER TABLE "records" ADD COLUMN "id" uuid DEFAULT gen_random_uuid()', "works out a value"],
    ['CREATE INDEX "i" ON "records" USING btree ("segment")', "builds an index on a big table"],
    ['CREATE UNIQUE INDEX "i" ON public.subjects ("email")', "builds an index on a big table"],
    ['UPDATE "subjects" SET "kind" = \'person\'', "changes all rows of a big table"],
    ["delete from records where segment < 3", "changes all rows of a big table"],
    ['DROP INDEX CONCURRENTLY IF EXISTS "i"', "can't run in a transaction"],
  ])("says %s", (statement, reason) => {
    expect(reasons(statement)).toEqual([expect.stringContaining(reason)]);
  });

  it("runs outside a transaction and could not be begun again", () => {
    expect(
      reasons('-- outside a transaction\nCREATE INDEX CONCURRENTLY "i" ON "records" ("segment")'),
    ).toEqual([expect.stringContaining("leaves a broken index behind")]);
    expect(reasons('-- outside a transaction\nALTER TABLE "sources" ADD COLUMN "a" text')).toEqual([
      expect.stringContaining("may not run twice"),
    ]);
    expect(reasons('-- outside a transaction\nALTER POLICY "workspace" ON "sources" USING (true)')).toEqual(
      [],
    );
  });
});

describe("a migration may", () => {
  it.each([
    [
      "add tables with what belongs to them",
      [
        'CREATE TABLE "records_seen" ("a" text NOT NULL)',
        'CREATE INDEX "i" ON "records_seen" ("a")',
        'ALTER TABLE "records_seen" ADD CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "workspaces"("workspace_id")',
        'ALTER TABLE "records_seen" ALTER COLUMN "a" SET DATA TYPE varchar(10)',
      ],
    ],
    [
      "add columns that may be empty or have a default",
      [
        'ALTER TABLE "segments" ADD COLUMN "a" text',
        'ALTER TABLE "sources" ADD COLUMN "b" boolean DEFAULT false NOT NULL, ADD COLUMN "c" numeric(10, 2)',
        'ALTER TABLE "segments" ADD COLUMN "d" timestamptz(3) DEFAULT now() NOT NULL',
      ],
    ],
    ["index small tables", ['CREATE INDEX "i" ON "sources" ("customer")']],
    [
      "index big ones beside the writers",
      [
        '-- outside a transaction\nDROP INDEX CONCURRENTLY IF EXISTS "i";',
        'CREATE INDEX CONCURRENTLY "i" ON "records" USING btree ("segment");',
      ],
    ],
    [
      "take constraints and defaults away",
      [
        'ALTER TABLE "sources" DROP CONSTRAINT "c"',
        'ALTER TABLE "sources" ALTER COLUMN "customer" DROP NOT NULL, ALTER COLUMN "format" DROP DEFAULT',
      ],
    ],
    [
      "check step by step",
      [
        'ALTER TABLE "sources" ADD CONSTRAINT "c" CHECK (customer is not null) NOT VALID',
        'ALTER TABLE "sources" VALIDATE CONSTRAINT "c"',
        'ALTER TABLE "sources" ALTER COLUMN "customer" SET NOT NULL',
      ],
    ],
    [
      "speak of dropping and renaming",
      [
        "-- nobody may drop table sources;\nCOMMENT ON TABLE \"sources\" IS 'never drop table; rename to'",
        "create function f() returns trigger language plpgsql as $$ begin delete from records; drop table x; end $$",
      ],
    ],
    [
      "take away what nobody reads any more, and say so",
      ['-- contract: no version since 0.3 reads it\nALTER TABLE "sources" DROP COLUMN "customer"'],
    ],
  ])("%s", (_what, statements) => {
    expect(reasons(...statements)).toEqual([]);
  });
});
