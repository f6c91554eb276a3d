import NextAuth from "next-auth";
import { originOf } from "../../../../lib/auth/guard.ts";
import { authOptions } from "../../../../lib/auth/options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = async (request: Request, context: Context) =>
  NextAuth(authOptions(await originOf()))(request, context);

export { handler as GET, handler as POST };
