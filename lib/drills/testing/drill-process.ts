/** Does what is due of drills in a process of its own, for a test that kills it. */
import { connect } from "../../../db/client.ts";
import { runDue } from "../run-due.ts";
import { HURRIED } from "./set-up.ts";

const {
  DRILL_APP_URL: url = "",
  DRILL_KEY: key = "",
  DRILL_INSTALLATION: installation = "",
  DRILL_APPLICATION: application = "",
} = process.env;
const db = connect({ url, key: Buffer.from(key, "base64") }, { workspace: "main" }, 5);
await runDue({ db, workspace: "main", installation, pace: HURRIED }, application);
await db.close();
