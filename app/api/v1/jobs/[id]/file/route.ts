/** GET /api/v1/jobs/…/file: what the work made, for whoever began it. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { fileFor } from "../../../../../../lib/jobs/jobs.ts";
import { problem } from "../../../answer.ts";

export const GET = guarded(
  "evidence",
  async ({ workspace, by }, _request, { params }: { params: Promise<{ id: string }> }) => {
    const file = fileFor({ workspace, by }, (await params).id);
    if (file === null)
      return problem(
        404,
        "not_found",
        "There is no such file any more. It is kept for an hour, for whoever made it.",
      );
    return new Response(
      Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array<ArrayBuffer>>,
      {
        headers: {
          "content-type": "application/zip",
          "content-length": String(file.bytes),
          "content-disposition": `attachment; filename="${file.name}"`,
        },
      },
    );
  },
);
