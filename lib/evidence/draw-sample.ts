/** Draws a sample of leavers from the log, each with the events that show when they left and when their access ended. */
import type { Db } from "../../db/client.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { SubjectId } from "../lifecycle/types.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import type { Leaving } from "../reports/contract.ts";
import { leavingsOf } from "../reports/leaving.ts";
import type { Parts } from "../reports/parts.ts";
import { eventsOfSubject } from "../reports/timeline.ts";
import type { EvidenceParams } from "./params.ts";
import { drawOrder, type OffboardingSample, type SampledLeaver } from "./sample.ts";
import type { Template } from "./templates.ts";

/**
 * @param params `from` and `to` limit when people left; `application` the lanes, and the leavers to those who have one there.
 * @param template of the kind `offboarding-sample`.
 */
export async function drawSample(
  db: Db,
  workspace: string,
  parts: Parts,
  params: EvidenceParams & { asOf: number },
  { parameters }: Template,
): Promise<OffboardingSample> {
  const from = params.from ?? -Infinity;
  const to = params.to ?? params.asOf;
  const wanted = params.application === undefined ? null : applicationKey(params.application);
  const left: SubjectId[] = [];
  for (const { cases, steps } of parts.each()) {
    const concerned = new Set(
      steps.filter(({ application }) => application === wanted).map(({ subject }) => subject),
    );
    for (const { leftAt, subject } of cases)
      if (leftAt >= from && leftAt <= to && (wanted === null || concerned.has(subject))) left.push(subject);
  }
  const seed = String(parameters.seed);
  const population = drawOrder(seed, left);
  const sample = population.slice(0, Number(parameters.sample));
  const model = parts.modelOf(new Set(sample.map(({ subject }) => subject)));
  const inPeriod = ({ leftAt }: Leaving) => Date.parse(leftAt) >= from && Date.parse(leftAt) <= to;
  const leavers: SampledLeaver[] = [];
  for (const [i, drawn] of sample.entries()) {
    const { events } = await eventsOfSubject(db, workspace, model, drawn.subject);
    const person = model.people.get(drawn.subject);
    leavers.push({
      ...drawn,
      place: i + 1,
      userName: person?.userName ?? null,
      displayName: person?.displayName ?? null,
      leavings: leavingsOf(model, drawn.subject, events)
        .filter(inPeriod)
        .map((leaving) => ({
          ...leaving,
          lanes: leaving.lanes.filter(
            ({ application }) => wanted === null || applicationKey(application) === wanted,
          ),
        })),
    });
  }
  return {
    seed,
    asOf: iso(params.asOf),
    period: { from: isoOrNull(params.from ?? null), to: iso(to) },
    population,
    leavers,
  };
}
