/** Around every page that needs a session. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { QueryProvider } from "../../components/data/query-provider.tsx";
import { Shell } from "../../components/shell/shell.tsx";
import { THEME_COOKIE, themeOf } from "../../components/shell/themes.ts";
import { allowed } from "../../lib/auth/caller.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import { PERMISSIONS } from "../../lib/auth/permissions.ts";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const { by } = await pageVisit("own");
  const permissions = PERMISSIONS.filter((permission) => allowed(by, permission));
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <QueryProvider>
      <Shell theme={theme} name={by.actor.name} permissions={permissions}>
        {children}
      </Shell>
    </QueryProvider>
  );
}
