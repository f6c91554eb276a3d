/** GET /api/v1/log/tile/LEVEL/INDEX[.p/WIDTH]: hashes of the log's tree (C2SP tlog-tiles). */
import { readTree, TreeOfLog } from "../../../../../../db/log/tree.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { readTilePath } from "../../../../../../lib/transparency/tile-path.ts";
import { answer, problem } from "../../../answer.ts";

export const GET = guarded(
  "evidence",
  ({ db, workspace }, _request, { params }: { params: Promise<{ path: string[] }> }) =>
    answer(async () => {
      const name = readTilePath((await params).path);
      if (name === null)
        return problem(
          404,
          "no_tile",
          "A tile is called LEVEL/INDEX, or LEVEL/INDEX.p/WIDTH, as in 0/x001/067.p/8.",
        );
      const tree = await readTree(db.sql, workspace);
      const hashes = await new TreeOfLog(db.sql, workspace, tree?.size ?? 0).tile(
        name.level,
        name.index,
        name.width,
      );
      if (hashes === null)
        return problem(404, "no_tile", "The log's tree has no such tile, or not so many hashes in it.");
      return new Response(new Uint8Array(hashes), {
        headers: { "content-type": "application/octet-stream" },
      });
    }),
);
