/** Which column of an HR file holds what. docs/formats/hr.md. */
import { type Columns, type RowKind, words } from "../table.ts";

/** Headers as HR systems write them. */
const FIELDS = {
  employeeId: words(
    "employeeid employeenumber employeeno employeecode empid empno workerid workernumber personnelnumber personnelno personid staffid staffnumber associateid",
  ),
  userName: words("username userprincipalname upn loginname login samaccountname"),
  email: words(
    "workemail workemailaddress companyemail businessemail corporateemail primaryworkemail primaryemail email emailaddress mail",
  ),
  displayName: words("displayname fullname employeename workername preferredname legalname name"),
  department: words("department departmentname dept division organizationalunit orgunit"),
  title: words("title jobtitle businesstitle positiontitle position"),
  manager: words(
    "manageremail manager managername linemanager supervisor supervisorname reportsto managerid",
  ),
  startDate: words(
    "startdate hiredate dateofhire lasthiredate employmentstartdate joindate joiningdate dateofjoining dateofentry firstdayofwork firstday contractstartdate originalhiredate",
  ),
  endDate: words(
    "terminationdate dateoftermination termdate enddate lastdayofwork lastworkingday lastday employmentenddate leavedate leavingdate dateofleaving exitdate dateofexit separationdate contractenddate",
  ),
  status: words("employmentstatus employeestatus workerstatus status"),
  updatedAt: words(
    "updatedat lastupdated lastupdatedat updatedon lastmodified lastmodifiedat lastmodifieddate modifiedat modifieddate lastchanged exportedat exportdate asofdate asof",
  ),
} as const;
export type HrField = keyof typeof FIELDS;

/** One row: its cells by field, "" where empty. */
interface HrRow {
  $hr: 1;
  columns: Partial<Record<HrField, string>>;
  /** When the file was said to be true, for rows that do not tell themselves; ISO 8601. */
  said: string | null;
}

/** Whether the columns tell who the people are. */
const namesPeople = ({ places }: Columns): boolean =>
  places.has("employeeId") || places.has("userName") || places.has("email");

export const hrTable: RowKind = {
  label: "an HR file",
  fields: FIELDS,
  /** Others list e-mails beside a status too. */
  recognises(columns) {
    const { places } = columns;
    const dated = places.has("startDate") || places.has("endDate");
    return namesPeople(columns) && (dated || (places.has("employeeId") && places.has("status")));
  },
  lack(columns) {
    return namesPeople(columns)
      ? null
      : "No column of the file's first line tells who the people are; name one with --map employeeId=COLUMN, userName=COLUMN or email=COLUMN.";
  },
  valueOf(cells, { said }) {
    return { $hr: 1, columns: cells as HrRow["columns"], said } satisfies HrRow;
  },
};
