/** Around every page that needs a session. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { QueryProvider } from "../../components/data/query-provider.tsx";
import { Shell } from "../../components/shell/shell.tsx";
import { THEME_COOKIE, themeOf } from "../../components/shell/themes.ts";
import { requireSession } from "../../lib/auth/session.ts";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  await requireSession();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <QueryProvider>
      <Shell theme={theme}>{children}</Shell>
    </QueryProvider>
  );
}
