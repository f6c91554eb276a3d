/** GET /api/v1/conformance/…?application=…: one report; with &form=html, pdf or json as a file to be handed on. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { FORMS, formed, isForm } from "../../../../../lib/conformance/forms.ts";
import { readConformance } from "../../../../../lib/conformance/read-reports.ts";
import { answer, problem } from "../../answer.ts";

type Context = { params: Promise<{ id: string }> };

const NONE = "There is no such report of this application.";

export const GET = guarded<Context>("workspace", ({ db, workspace }, request, { params }) =>
  answer(async () => {
    const { searchParams } = new URL(request.url);
    const [application = "", form] = [searchParams.get("application") ?? "", searchParams.get("form")];
    if (application.trim() === "" || application.length > 255)
      return problem(400, "bad_application", "Name the application: ?application=….");
    if (form !== null && !isForm(form))
      return problem(400, "bad_form", `form is one of ${FORMS.join(", ")}.`);
    const id = z.uuid().safeParse((await params).id);
    const report = id.success ? await readConformance(db, workspace, application, id.data) : null;
    if (report === null) return problem(404, "not_found", NONE);
    if (form === null) return report;
    const { name, type, bytes } = await formed(report, form);
    return new Response(new Uint8Array(bytes), {
      headers: {
        "content-type": type,
        "content-length": String(bytes.length),
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  }),
);
