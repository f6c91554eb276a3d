/** Which column of an HR file holds what. docs/formats/hr.md. */

export const HR_FIELDS = [
  "employeeId",
  "userName",
  "email",
  "displayName",
  "department",
  "title",
  "manager",
  "startDate",
  "endDate",
  "status",
  "updatedAt",
] as const;
export type HrField = (typeof HR_FIELDS)[number];

/** The header of the column for each field that somebody named. */
export type HrMapping = Partial<Record<HrField, string>>;

/** Headers as HR systems write them, without case, spaces and marks; of two that a file has, the one named first here. */
const USUAL: Record<HrField, readonly string[]> = {
  employeeId:
    "employeeid employeenumber employeeno employeecode empid empno workerid workernumber personnelnumber personnelno personid staffid staffnumber associateid".split(
      " ",
    ),
  userName: "username userprincipalname upn loginname login samaccountname".split(" "),
  email:
    "workemail workemailaddress companyemail businessemail corporateemail primaryworkemail primaryemail email emailaddress mail".split(
      " ",
    ),
  displayName: "displayname fullname employeename workername preferredname legalname name".split(" "),
  department: "department departmentname dept division organizationalunit orgunit".split(" "),
  title: "title jobtitle businesstitle positiontitle position".split(" "),
  manager: "manageremail manager managername linemanager supervisor supervisorname reportsto managerid".split(
    " ",
  ),
  startDate:
    "startdate hiredate dateofhire lasthiredate employmentstartdate joindate joiningdate dateofjoining dateofentry firstdayofwork firstday contractstartdate originalhiredate".split(
      " ",
    ),
  endDate:
    "terminationdate dateoftermination termdate enddate lastdayofwork lastworkingday lastday employmentenddate leavedate leavingdate dateofleaving exitdate dateofexit separationdate contractenddate".split(
      " ",
    ),
  status: "employmentstatus employeestatus workerstatus status".split(" "),
  updatedAt:
    "updatedat lastupdated lastupdatedat updatedon lastmodified lastmodifiedat lastmodifieddate modifiedat modifieddate lastchanged exportedat exportdate asofdate asof".split(
      " ",
    ),
};

/** A header as it is compared: letters and digits alone, lower-case. */
const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

export interface HrColumns {
  /** Place of each field's column. */
  places: Map<HrField, number>;
  /** Headers that the mapping names and the file has not. */
  missing: string[];
}

/** Finds each field's column: the one that the mapping names, else by its usual names among those that are left. */
export function columnsOf(header: readonly string[], mapping: HrMapping): HrColumns {
  const places = new Map<HrField, number>();
  const missing: string[] = [];
  const names = header.map(plain);
  for (const field of HR_FIELDS) {
    const wanted = mapping[field];
    if (wanted === undefined) continue;
    const exact = header.findIndex((name) => name.trim() === wanted.trim());
    const place = exact >= 0 ? exact : names.indexOf(plain(wanted));
    if (place < 0) missing.push(wanted);
    else places.set(field, place);
  }
  const taken = new Set(places.values());
  for (const field of HR_FIELDS) {
    if (mapping[field] !== undefined) continue;
    const found = USUAL[field].map((name) => names.indexOf(name)).find((at) => at >= 0 && !taken.has(at));
    if (found === undefined) continue;
    places.set(field, found);
    taken.add(found);
  }
  return { places, missing };
}

/** Whether the columns tell who the people are. */
export function namesPeople({ places }: HrColumns): boolean {
  return places.has("employeeId") || places.has("userName") || places.has("email");
}

/** Whether the columns are an HR file's beyond doubt: others list e-mails beside a status too. */
export function looksLikeHr(columns: HrColumns): boolean {
  const { places } = columns;
  const dated = places.has("startDate") || places.has("endDate");
  return namesPeople(columns) && (dated || (places.has("employeeId") && places.has("status")));
}
