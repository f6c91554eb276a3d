/** PUT /api/theme: keeps the reader's choice of light or dark in a cookie. */
import { cookies } from "next/headers";
import { THEME_COOKIE, themeOf } from "../../../components/shell/themes.ts";

const YEAR_SECONDS = 31_536_000;

export async function PUT(request: Request): Promise<Response> {
  const theme = themeOf(await request.text());
  (await cookies()).set(THEME_COOKIE, theme, { maxAge: YEAR_SECONDS, sameSite: "lax", httpOnly: true });
  return new Response(null, { status: 204 });
}
