/** Which column of an application's user export holds what. docs/formats/export.md. */
import { type Cell, type Columns, type RowKind, words } from "../table.ts";

/** Headers as applications write them. */
const FIELDS = {
  id: words("id userid accountid memberid useruuid uuid uid guid userguid"),
  userName: words("username userlogin login loginname loginid userprincipalname upn handle alias account"),
  email: words("email emailaddress useremail primaryemail workemail mail"),
  status: words(
    "status active isactive enabled isenabled accountenabled accountstatus userstatus memberstatus",
  ),
  inactive: words(
    "inactive isinactive deactivated isdeactivated suspended issuspended disabled isdisabled blocked isblocked archived deleted isdeleted deactivatedat suspendedat disabledat deletedat",
  ),
  roles: words(
    "role roles userrole userroles rolename accountrole permission permissions permissionlevel accesslevel",
  ),
  groups: words("groups group groupnames team teams teamnames memberof usergroups"),
  createdAt: words(
    "createdat created createdon createddate datecreated creationdate creationtime createtime joinedat joined joineddate datejoined signupdate dateadded addedat addedon",
  ),
  lastActivityAt: words(
    "lastactivityat lastactivity lastactivitydate lastactive lastactiveat lastactivedate lastlogin lastloginat lastlogindate lastlogintime lastsignin lastsigninat lastsignindate lastsignintime lastseen lastseenat lastaccess lastaccessed lastused",
  ),
  exportedAt: words(
    "exportedat exportdate exporttime exportedon asof asofdate snapshotdate snapshotat reportdate",
  ),
  displayName: words("displayname fullname realname membername name"),
} as const;
export type ExportField = keyof typeof FIELDS;

/** One row: its cells by field, "" where empty. */
export interface ExportRow {
  $export: 1;
  application: string;
  columns: Partial<Record<ExportField, Cell>>;
  /** When the export was made, for rows that do not tell themselves; ISO 8601. */
  said: string | null;
}

/** Whether the columns tell which account a row is about. */
const namesAccounts = ({ places }: Columns): boolean =>
  places.has("id") || places.has("userName") || places.has("email");

export const exportTable: RowKind = {
  label: "a user export",
  fields: FIELDS,
  /** Never: only a person knows which application it is of. */
  recognises: () => false,
  lack(columns) {
    return namesAccounts(columns)
      ? null
      : "No column of the file's first line tells which accounts the rows are about; name one with --map id=COLUMN, userName=COLUMN or email=COLUMN.";
  },
  valueOf(cells, { application, said }) {
    return { $export: 1, application: application ?? "", columns: cells, said } satisfies ExportRow;
  },
};
