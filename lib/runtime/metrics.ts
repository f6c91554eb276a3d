/** What is counted while Rollcall runs, for Prometheus. Every label has a fixed few values. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

function create() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: "rollcall_http_request_seconds",
      help: "Requests by route, method and status: how many, and how long until the answer ended.",
      labelNames: ["route", "method", "status"] as const,
      // Up to a large upload.
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600],
      registers,
    }),
    records: new Counter({
      name: "rollcall_ingest_records_total",
      help: "Records of uploads by format of the source and by outcome.",
      labelNames: ["format", "outcome"] as const,
      registers,
    }),
    uploadBytes: new Counter({
      name: "rollcall_ingest_bytes_total",
      help: "Bytes of uploads, as they came over the network.",
      registers,
    }),
    reports: new Histogram({
      name: "rollcall_report_seconds",
      help: "Reports that were worked out, not those shown again: how many, and how long it took.",
      labelNames: ["report"] as const,
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
      registers,
    }),
    databaseUp: new Gauge({
      name: "rollcall_database_up",
      help: "1 when the database answered the last check.",
      registers,
    }),
    databaseSeconds: new Histogram({
      name: "rollcall_database_check_seconds",
      help: "How long the database took to answer a check.",
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
      registers,
    }),
    databaseConnections: new Gauge({
      name: "rollcall_database_connections",
      help: "Connections of Rollcall to the database by state, those of other processes of it included.",
      labelNames: ["state"] as const,
      registers,
    }),
  };
}

// Next compiles each route apart: the counters hang on the process, so that all of them share these.
const holder = globalThis as { rollcallMetrics?: ReturnType<typeof create> };

export function metrics(): ReturnType<typeof create> {
  holder.rollcallMetrics ??= create();
  return holder.rollcallMetrics;
}
