/**
 * `oscal-assessment-results.json`: the pack as OSCAL 1.1.3 assessment results (NIST, pages.nist.gov/OSCAL), for tools that read
 * them. Holds no clock and no chance: every UUID is of version 5 (RFC 9562 §5.5), made of the pack's scope and a name.
 */
import { v5 } from "uuid";
import type { ControlRow } from "./controls.ts";
import type { PackDigest } from "./digest.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { observationsOf } from "./oscal-observations.ts";

export const OSCAL_FILE = "oscal-assessment-results.json";
const OSCAL_VERSION = "1.1.3";

/** Rollcall's own namespace for UUIDs of version 5; never to change, or the same thing would get another id. */
const NAMESPACE = "0214e577-6ff3-42d5-8fff-bca8c81806df";
/** Namespace of the properties that OSCAL has no name for. */
const PROPERTIES = "urn:x-rollcall:oscal";

type About = Pick<Manifest, "workspace" | "asOf" | "period" | "scope">;

/** OSCAL's strings hold no line ends and no space at either end, and are never empty. */
const text = (value: string): string => value.replaceAll(/\s+/gu, " ").trim() || "-";

/** OSCAL knows the years 1900 to 2999. */
function time(iso: string): string {
  if (iso < "1900") return "1900-01-01T00:00:00.000Z";
  return iso >= "3000" ? "2999-12-31T23:59:59.999Z" : iso;
}

/** `AC-2(3)` is `ac-2.3` in NIST's catalogue. */
const controlId = (id: string): string => id.toLowerCase().replace("(", ".").replace(")", "");

/** The start of the period, else the first event of any source: nothing was watched before. */
function startOf(about: About, { completeness }: PackDigest): string {
  const firsts = completeness.sources.rows.flatMap(({ firstEventAt }) => firstEventAt ?? []);
  return about.period.from ?? firsts.toSorted()[0] ?? about.asOf;
}

const MEDIA_TYPES: Record<string, string> = {
  json: "application/json",
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  txt: "text/plain",
  pdf: "application/pdf",
  mjs: "text/javascript",
};

/**
 * The OSCAL document of a pack. What was found is a finding with a risk; where nothing was found there is the observation
 * alone, never a control called satisfied: that is for whoever assesses.
 * @param files the pack's files that are written already; those become its back matter, with their hashes.
 */
export function assessmentResults(
  about: About,
  digest: PackDigest,
  controls: readonly ControlRow[],
  files: readonly ManifestFile[],
): object {
  const pack = JSON.stringify([about.workspace, about.scope, about.period, about.asOf]);
  const id = (...name: string[]) => v5(JSON.stringify([pack, ...name]), NAMESPACE);
  const property = (name: string, value: string) => ({ name, ns: PROPERTIES, value: text(value) });
  const there = new Set(files.map(({ path }) => path));
  const tool = id("tool");
  const origins = [{ actors: [{ type: "tool", "actor-uuid": tool }] }];
  const collected = time(about.asOf);
  const observed = observationsOf(digest);
  const found = observed.flatMap((one) =>
    one.finding !== undefined && one.finding.count > 0 ? [{ ...one, finding: one.finding }] : [],
  );
  const related = (name: string) => [{ "observation-uuid": id("observation", name) }];

  const observations = observed.map(({ name, title, description, files: named, figures, finding }) => {
    const evidence = named.filter((path) => there.has(path));
    const props = Object.entries(figures).map(([figure, value]) => property(figure, String(value)));
    return {
      uuid: id("observation", name),
      title,
      description,
      ...(props.length === 0 ? {} : { props }),
      methods: ["EXAMINE"],
      types: [finding !== undefined && finding.count > 0 ? "finding" : "control-objective"],
      origins,
      ...(evidence.length === 0
        ? {}
        : { "relevant-evidence": evidence.map((href) => ({ href, description: `${title}: ${href}` })) }),
      collected,
    };
  });
  const risks = found.map(({ name, title, finding }) => ({
    uuid: id("risk", name),
    title,
    description: finding.statement,
    statement: finding.risk,
    status: "open",
    origins,
    "related-observations": related(name),
  }));
  const findings = found.map(({ name, title, description, finding }) => ({
    uuid: id("finding", name),
    title,
    description,
    origins,
    target: {
      type: "statement-id",
      "target-id": finding.target,
      status: { state: "not-satisfied", reason: "fail", remarks: finding.statement },
    },
    "related-observations": related(name),
    "related-risks": [{ "risk-uuid": id("risk", name) }],
  }));
  const nist = controls.filter(({ framework }) => framework.startsWith("NIST"));
  const reviewed = nist.filter(({ coverage }) => coverage === "partly");

  return {
    "assessment-results": {
      uuid: id("document"),
      metadata: {
        title: `Evidence pack of the workspace ${text(about.workspace)}, as of ${about.asOf}`,
        "last-modified": collected,
        version: about.asOf,
        "oscal-version": OSCAL_VERSION,
        props: [
          property("workspace", about.workspace),
          property("customer", about.scope.customer ?? "all"),
          property("application", about.scope.application ?? "all"),
          property("review", about.scope.review ?? "all"),
        ],
      },
      "import-ap": {
        href: `#${id("manifest")}`,
        remarks:
          "There is no assessment plan in OSCAL: manifest.json says what was asked, of which sources and with which parameters.",
      },
      results: [
        {
          uuid: id("result"),
          title: "What the sources' records show",
          description:
            "Worked out from the provisioning records in this pack, by rules that are the same each time. Nobody was interviewed and nothing was tried out.",
          start: time(startOf(about, digest)),
          end: time(about.period.to !== null && about.period.to < about.asOf ? about.period.to : about.asOf),
          "local-definitions": {
            "assessment-assets": {
              components: [
                {
                  uuid: tool,
                  type: "software",
                  title: "Rollcall",
                  description: "Works out the state of accounts from provisioning records.",
                  status: { state: "operational" },
                },
              ],
              "assessment-platforms": [
                {
                  uuid: id("platform"),
                  title: "Rollcall",
                  "uses-components": [{ "component-uuid": tool }],
                },
              ],
            },
          },
          "reviewed-controls": {
            description:
              "Controls of NIST SP 800-53 revision 5 of which this pack answers a part; controls.json says which, and what it doesn't answer.",
            "control-selections": [
              { "include-controls": reviewed.map((control) => ({ "control-id": controlId(control.id) })) },
            ],
          },
          observations,
          ...(risks.length === 0 ? {} : { risks }),
          ...(findings.length === 0 ? {} : { findings }),
        },
      ],
      "back-matter": {
        resources: [
          {
            uuid: id("manifest"),
            title: "manifest.json",
            description: "What was asked, and the size and SHA-256 of every file of the pack.",
            rlinks: [{ href: "manifest.json", "media-type": MEDIA_TYPES.json }],
          },
          ...files.map(({ path, sha256 }) => ({
            uuid: id("file", path),
            title: path,
            rlinks: [
              {
                href: path,
                "media-type": MEDIA_TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream",
                hashes: [{ algorithm: "SHA-256", value: sha256 }],
              },
            ],
          })),
        ],
      },
    },
  };
}
