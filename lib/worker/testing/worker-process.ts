/** A worker in a process of its own that is up sooner than the command line's, for tests that kill many of them. */
import { connect } from "../../../db/client.ts";
import { WORKER_CONNECTIONS } from "../kinds.ts";
import { startWorker } from "../worker.ts";

const {
  WORKER_URL: url = "",
  WORKER_APP_URL: appUrl = "",
  WORKER_KEY: key = "",
  WORKER_INSTALLATION: installation = "",
} = process.env;
const access = { url: appUrl, key: Buffer.from(key, "base64") };
const db = connect(access, { workspace: "main" }, WORKER_CONNECTIONS);
await startWorker({ url, access, scoped: () => db, installation });
