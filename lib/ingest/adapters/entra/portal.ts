/**
 * The provisioning logs as the Entra admin center downloads them: three tables, joined by the change id. A row of the main
 * table becomes a record in Graph's form; what the two others say of a change is a record of its own, so that it
 * does not matter whether they were there. docs/formats/entra.md.
 */
import type { NormalEvent } from "../../event.ts";
import { type JsonObject, jsonIn, member, objectOf } from "../read.ts";
import { type Cells, type Columns, type PartKind, type RowKind, words } from "../table.ts";

/** A cell that is JSON, as tables from a Log Analytics workspace have it; null for any other. */
function jsonOf(cells: Cells, field: string): unknown {
  const cell = cells[field];
  return typeof cell === "string" && /^\s*[[{]/u.test(cell) ? jsonIn(cell) : null;
}

const textOf = (cells: Cells, field: string): string | null => {
  const cell = cells[field];
  return typeof cell === "string" && cell.trim() !== "" ? cell.trim() : null;
};

/** An identity from its JSON cell, else from the cells that stand for its members. */
function identityOf(cells: Cells, side: "source" | "target"): JsonObject {
  const json = objectOf(jsonOf(cells, `${side}Identity`));
  if (json !== null) return json;
  return {
    id: textOf(cells, `${side}Id`),
    displayName: textOf(cells, `${side}Name`) ?? textOf(cells, `${side}Identity`),
    // A table without a column for the type says nothing of groups.
    identityType: `${side}Type` in cells ? textOf(cells, `${side}Type`) : "User",
    details: { userPrincipalName: textOf(cells, `${side}UserName`) },
  };
}

/** A thing that has an id and a name. */
function namedOf(cells: Cells, field: string): JsonObject | null {
  const json = objectOf(jsonOf(cells, field));
  if (json !== null) return json;
  const [id, displayName] = [textOf(cells, `${field}Id`), textOf(cells, field)];
  return id === null && displayName === null ? null : { id, displayName };
}

/** The row in the form of Graph's `provisioningObjectSummary`. */
function changeOf(cells: Cells): JsonObject {
  const errorInformation = {
    errorCode: textOf(cells, "errorCode"),
    reason: textOf(cells, "reason"),
    errorCategory: textOf(cells, "errorCategory"),
    recommendedAction: textOf(cells, "recommendedAction"),
  };
  return {
    id: textOf(cells, "id"),
    activityDateTime: textOf(cells, "activityDateTime") ?? "",
    changeId: textOf(cells, "changeId"),
    provisioningAction: textOf(cells, "provisioningAction") ?? "",
    provisioningStatusInfo: objectOf(jsonOf(cells, "status")) ?? {
      status: textOf(cells, "status"),
      errorInformation,
    },
    sourceIdentity: identityOf(cells, "source"),
    targetIdentity: identityOf(cells, "target"),
    sourceSystem: namedOf(cells, "sourceSystem"),
    targetSystem: namedOf(cells, "targetSystem"),
    servicePrincipal: namedOf(cells, "servicePrincipal"),
    initiatedBy: namedOf(cells, "initiatedBy"),
    provisioningSteps: jsonOf(cells, "provisioningSteps"),
    modifiedProperties: jsonOf(cells, "modifiedProperties"),
  };
}

const CHANGE_ID = words("changeid idchange changeidentifier");

const needs =
  (...fields: readonly string[]) =>
  ({ places }: Columns): boolean =>
    fields.every((field) => places.has(field));

const lackOf = (columns: Columns, fields: readonly string[]): string | null => {
  const lacking = fields.filter((field) => !columns.places.has(field));
  return lacking.length === 0
    ? null
    : `No column of the file's first line is its ${lacking.join(" or its ")}; name it with --map, like ${lacking[0]}=COLUMN.`;
};

export const provisioningLogs: RowKind = {
  label: "Entra's provisioning logs",
  fields: {
    activityDateTime: words(
      "activitydatetime activitydatetimeutc activitydate dateutc date datetime timegenerated timegeneratedutc",
    ),
    changeId: CHANGE_ID,
    id: words("id logid eventid"),
    provisioningAction: words("provisioningaction action activity"),
    status: words(
      "provisioningstatusinfo statusinfo provisioningstatusinfostatus provisioningstatus status resulttype result",
    ),
    errorCode: words(
      "errorcode statuserrorcode statusinfoerrorcode provisioningstatusinfoerrorcode resultsignature",
    ),
    reason: words(
      "reason statusreason statusinforeason errorreason failurereason errormessage resultdescription",
    ),
    errorCategory: words("errorcategory statuserrorcategory"),
    recommendedAction: words("recommendedaction statusrecommendedaction recommendation"),
    sourceIdentity: words("sourceidentity identity"),
    sourceId: words("sourceid sourceidentityid"),
    sourceName: words("sourceidentityname sourceidentitydisplayname sourcedisplayname sourcename"),
    sourceType: words("sourceidentitytype sourcetype sourceobjecttype identitytype"),
    sourceUserName: words(
      "sourceidentityuserprincipalname sourceuserprincipalname sourceupn userprincipalname",
    ),
    targetIdentity: words("targetidentity"),
    targetId: words("targetid targetidentityid"),
    targetName: words("targetidentityname targetidentitydisplayname targetdisplayname targetname"),
    targetType: words("targetidentitytype targettype targetobjecttype"),
    targetUserName: words(
      "targetidentityusername targetusername targetidentityuserprincipalname targetuserprincipalname",
    ),
    sourceSystem: words("sourcesystem sourcesystemname sourcesystemdisplayname"),
    targetSystem: words("targetsystem targetsystemname targetsystemdisplayname"),
    servicePrincipal: words(
      "serviceprincipal serviceprincipalname serviceprincipaldisplayname application applicationname appname",
    ),
    servicePrincipalId: words("serviceprincipalid"),
    initiatedBy: words("initiatedby initiatedbyname initiatedbydisplayname"),
    initiatedById: words("initiatedbyid"),
    provisioningSteps: words("provisioningsteps"),
    modifiedProperties: words("modifiedproperties"),
  },
  recognises(columns) {
    const { places } = columns;
    const names = ["source", "target"].some((side) =>
      ["Identity", "Id", "Name"].some((part) => places.has(`${side}${part}`)),
    );
    return names && needs("activityDateTime", "changeId", "provisioningAction")(columns);
  },
  lack: (columns) => lackOf(columns, ["activityDateTime", "provisioningAction", "status"]),
  valueOf: changeOf,
};

/** What a part says of a change; `change` is its row of the main table. */
interface PortalPart {
  $entraPortal: 1;
  change: JsonObject;
  modifiedProperties?: JsonObject[];
  provisioningSteps?: JsonObject[];
}

export const modifiedProperties: PartKind = {
  label: "the modified properties of Entra's provisioning logs",
  of: provisioningLogs,
  by: "changeId",
  fields: {
    changeId: CHANGE_ID,
    displayName: words(
      "modifiedpropertyname modifiedproperty propertyname property displayname attributename attribute name",
    ),
    oldValue: words("oldvalue modifiedpropertyoldvalue previousvalue old"),
    newValue: words("newvalue modifiedpropertynewvalue new"),
  },
  recognises: needs("changeId", "displayName", "newValue"),
  lack: (columns) => lackOf(columns, ["changeId", "displayName", "newValue"]),
  valueOf: (row, parts): PortalPart => ({
    $entraPortal: 1,
    change: changeOf(row),
    modifiedProperties: parts.map((cells) => ({
      displayName: textOf(cells, "displayName"),
      oldValue: textOf(cells, "oldValue"),
      newValue: textOf(cells, "newValue"),
    })),
  }),
};

export const provisioningSteps: PartKind = {
  label: "the steps of Entra's provisioning logs",
  of: provisioningLogs,
  by: "changeId",
  fields: {
    changeId: CHANGE_ID,
    provisioningStepType: words("provisioningsteptype steptype type"),
    name: words("provisioningstepname stepname step name"),
    status: words("provisioningstepstatus stepstatus status result"),
    description: words("provisioningstepdescription stepdescription description"),
    details: words("provisioningstepdetails stepdetails details"),
  },
  recognises(columns) {
    const { places } = columns;
    return needs("changeId", "status")(columns) && (places.has("provisioningStepType") || places.has("name"));
  },
  lack: (columns) => lackOf(columns, ["changeId", "status"]),
  valueOf: (row, parts): PortalPart => ({
    $entraPortal: 1,
    change: changeOf(row),
    provisioningSteps: parts.map((cells) => ({
      // The import's step is named EntryImport, EntryImportAdd, EntryImportUpdate, …
      provisioningStepType:
        textOf(cells, "provisioningStepType") ??
        (/^entryimport/iu.test(textOf(cells, "name") ?? "") ? "import" : null),
      name: textOf(cells, "name"),
      status: textOf(cells, "status"),
      description: textOf(cells, "description"),
      details: jsonOf(cells, "details"),
    })),
  }),
};

/** What a part of the download says of a change; null for any other value. */
export function portalPartOf(value: unknown): JsonObject | null {
  const record = objectOf(value);
  return member(record, "$entraPortal") === 1 && objectOf(member(record, "change")) !== null ? record : null;
}

/**
 * What a part adds to the events of its change, which are the main row's: a state that the main row does not tell (its
 * action is `update`, and only the properties say that it took the access away), and the directory's word on the person.
 * @param parse gives the events of a change in Graph's form, the first its own.
 */
export function addedBy(part: JsonObject, parse: (change: JsonObject) => NormalEvent[]): NormalEvent[] {
  const change = objectOf(member(part, "change")) ?? {};
  const steps = member(part, "provisioningSteps");
  const [bare] = parse(change);
  const [own, ...imported] = parse({
    ...change,
    ...(steps === null
      ? { modifiedProperties: member(part, "modifiedProperties") }
      : { provisioningSteps: steps }),
  });
  if (own === undefined || bare === undefined) return [];
  if (imported.length > 0 && steps !== null) return imported;
  const named = { ...own, nativeType: steps === null ? "entra.properties" : "entra.steps" };
  if (own.object === "user" && own.operation !== bare.operation) return [named];
  // Made, but not to be used yet: an attempt that was counted already.
  if (own.object === "user" && own.active === false && own.outcome === "success") {
    return [{ ...named, operation: "read" }];
  }
  // Nothing that a rule reads: pending, for it is no attempt beside the main row's.
  return [{ ...named, operation: "other", outcome: "pending", error: null, active: null }];
}
