/** Versions (RFC 7644 §3.14), where they are announced: two who change one thing at once do not undo each other. */
import { check, must, warned } from "../check.ts";
import { patchBody } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import type { Run } from "../run.ts";
import { answered, bodyOf, isOk } from "../shapes.ts";

const toldVersion = (exchange: Exchange): string | null => {
  const { version } = Object(bodyOf(exchange).meta) as { version?: unknown };
  return typeof version === "string" ? version : null;
};

const versionOf = (exchange: Exchange): string | null =>
  exchange.headers.get("etag") ?? toldVersion(exchange);

async function versionOfTested(run: Run): Promise<string> {
  await run.requireFeature("etag", "announced");
  const version = versionOf(await run.read(run.tested()));
  if (version === null) throw new NotTried("not-tried", "The user has no version.");
  return version;
}

const named = (value: string) => patchBody({ op: "replace", path: "displayName", value });

export const ETAGS = [
  check({
    id: "etags.header",
    title: "Each resource has its version",
    requirement: must("RFC 7644", "3.14"),
    severity: "medium",
    level: "write",
    mend: 'Send the header ETag and "meta.version" with each resource, or let ServiceProviderConfig say that there are no versions.',
    async ask(run) {
      await run.requireFeature("etag", "announced");
      return run.read(run.tested());
    },
    judge(read) {
      if (!read.headers.has("etag")) return "The answer has no header ETag.";
      // The header is a MUST, the attribute a SHOULD.
      return toldVersion(read) === null ? warned('"meta.version" is not there.') : null;
    },
  }),
  check({
    id: "etags.current",
    title: "A change of the version that is there is carried out",
    requirement: must("RFC 7644", "3.14"),
    severity: "medium",
    level: "write",
    mend: "Carry a change out whose If-Match names the version that is there.",
    async ask(run) {
      const version = await versionOfTested(run);
      await run.requireFeature("patch", "denied");
      return run.change("PATCH", "User", run.tested(), named("Rollcall Check Current"), version);
    },
    judge: (changed) => (isOk(changed) ? null : `${answered(changed)} to a change of the current version.`),
  }),
  check({
    id: "etags.stale",
    title: "A change of a version that is past is refused",
    requirement: must("RFC 7644", "3.14"),
    severity: "high",
    level: "write",
    mend: "Refuse a change whose If-Match names another version with 412, and change nothing.",
    async ask(run) {
      const old = await versionOfTested(run);
      await run.requireFeature("patch", "denied");
      const id = run.tested();
      await run.change("PATCH", "User", id, named("Rollcall Check Newer"));
      const changed = await run.change("PATCH", "User", id, named("Rollcall Check Stale"), old);
      return { old, changed, read: await run.read(id) };
    },
    judge({ old, changed, read }) {
      if (bodyOf(read).displayName === "Rollcall Check Stale") return "The change was carried out.";
      if (versionOf(read) === old) return "The version stayed the same through a change.";
      if (isOk(changed)) return `${answered(changed)} in place of 412.`;
      // Either is for a version that is past (RFC 7644 §3.12).
      return [409, 412].includes(changed.status) ? null : warned(`${answered(changed)} in place of 412.`);
    },
  }),
];
