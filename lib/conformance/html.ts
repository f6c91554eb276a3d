/** The report as one HTML file: no scripts, nothing loaded, printable. Whatever the application said is text in it. */
import { type ConformanceReport, type Finding, type ToldExchange, VERDICTS } from "./finding.ts";
import { curlOf } from "./reproduce.ts";
import {
  factsOf,
  isWrong,
  LEGEND,
  requirementWords,
  sentenceOf,
  severityWords,
  titleOf,
  VERDICT_WORDS,
} from "./words.ts";

/** Markup that is safe to stand in the page. */
class Markup {
  constructor(readonly text: string) {}
}

const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === "\n" ? sign : " "))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

type Part = string | number | Markup | readonly Markup[];

const written = (part: Part): string => {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return escaped(String(part));
};

/** Everything that is put in is escaped, but for markup made by this. */
const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.map((text, i) => text + (i < parts.length ? written(parts[i] ?? "") : "")).join(""));

const STYLE = `
  :root { color-scheme: light; }
  body { font: 14px/1.5 system-ui, sans-serif; color: #1a1c1f; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 22px; margin: 0 0 .5rem; } h2 { font-size: 17px; margin: 2rem 0 .5rem; } h3 { font-size: 14px; margin: 0; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid #e2e2dd; vertical-align: top; }
  td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 24px; } dt { color: #5a5f66; } dd { margin: 0; overflow-wrap: anywhere; }
  article { border-top: 1px solid #e2e2dd; padding: 12px 0; break-inside: avoid-page; }
  pre { background: #f3f3f0; padding: 8px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; margin: 6px 0; }
  .failed { color: #bf2a1f; } .warning { color: #a85a00; } .passed { color: #0a7468; } .soft { color: #5a5f66; }
  @media print { body { margin: 0; max-width: none; font-size: 11px; } article { break-inside: auto; } }
`;

const exchange = (service: string, one: ToldExchange): Markup => html`
<pre>${curlOf(service, one)}</pre>
<pre>HTTP ${one.status}
${Object.entries(one.headers)
  .map(([name, value]) => `${name}: ${value}\n`)
  .join("")}${one.answer === null ? "" : `\n${one.answer}`}</pre>`;

const finding = (service: string, one: Finding): Markup => html`
<article id="${one.id}">
<h3><span class="${one.verdict}">${VERDICT_WORDS[one.verdict]}</span>: ${one.title}</h3>
<dl>
<dt>Check</dt><dd>${one.id}</dd>
<dt>Requirement</dt><dd>${requirementWords(one.requirement)}</dd>
<dt>Severity</dt><dd>${severityWords(one.severity)}</dd>
<dt>Found</dt><dd><bdi>${one.said ?? "–"}</bdi></dd>
<dt>To change</dt><dd>${one.mend ?? "–"}</dd>
</dl>
${one.exchanges.map((asked) => exchange(service, asked))}
</article>`;

const themes = ({ themes: all }: ConformanceReport): Markup => html`
<table><thead><tr><th scope="col">Theme</th>${VERDICTS.map(
  (verdict) => html`<th scope="col" class="n">${VERDICT_WORDS[verdict]}</th>`,
)}</tr></thead><tbody>
${all.map(
  (theme) =>
    html`<tr><th scope="row">${theme.title}</th>${VERDICTS.map(
      (verdict) => html`<td class="n">${theme[verdict]}</td>`,
    )}</tr>`,
)}
</tbody></table>`;

const rest = (findings: readonly Finding[]): Markup => html`
<table><thead><tr><th scope="col">Check</th><th scope="col">What holds</th><th scope="col">Requirement</th><th scope="col">Verdict</th></tr></thead><tbody>
${findings.map(
  (one) => html`<tr><td>${one.id}</td><td>${one.title}</td><td>${requirementWords(one.requirement)}</td>
<td><span class="${one.verdict}">${VERDICT_WORDS[one.verdict]}</span>${one.said === null ? "" : html`<br><bdi class="soft">${one.said}</bdi>`}</td></tr>`,
)}
</tbody></table>`;

/** The whole document. */
export function htmlOf(report: ConformanceReport): string {
  const wrong = report.findings.filter(isWrong);
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${titleOf(report)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>${titleOf(report)}</h1>
<p>${sentenceOf(report)}</p>
<dl>${factsOf(report).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${report.stopped === null ? "" : html`<p class="warning">The check ended early: ${report.stopped}</p>`}
${
  report.leftOver.length === 0
    ? ""
    : html`<h2>Left at the application</h2><p>These were made by the check and could not be taken away: delete them by hand.</p>
<ul>${report.leftOver.map((one) => html`<li>${one.type} <code>${one.id}</code>: ${one.why}</li>`)}</ul>`
}
<h2>By theme</h2>
${themes(report)}
<h2>What to change</h2>
${wrong.length === 0 ? html`<p>Nothing.</p>` : html`<p class="soft">${LEGEND}</p>`}
${wrong.map((one) => finding(report.service, one))}
<h2>All other checks</h2>
${rest(report.findings.filter((one) => !isWrong(one)))}
<p class="soft">Made by Rollcall; report ${report.id}, version ${report.$conformance} of its form.</p>
</main>
</body>
</html>
`;
  return text;
}
