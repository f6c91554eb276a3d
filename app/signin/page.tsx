/** For whoever comes without a session: how to get one. */
import type { Metadata } from "next";
import { ProviderButton } from "../../components/access/provider-button.tsx";
import { oidcSettings } from "../../lib/auth/oidc/settings.ts";

export const metadata: Metadata = { title: "Sign in" };

/** What next-auth and the sign-in link say when somebody was not let in. */
const REASONS: Record<string, string> = {
  link: "This link was used already, or is too old. Each works once.",
  AccessDenied:
    "You are known to your identity provider, but nobody has let you in here. Ask an admin of Rollcall to invite you with this e-mail address, or for a group that lets you in.",
};
const FAILED = "Signing in did not work. Try again; if it fails again, the log of Rollcall says why.";

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ error?: string | string[] }>;
}) {
  const { error } = await searchParams;
  const code = [error].flat()[0];
  const provider = oidcSettings();
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-16">
      <h1 className="text-sm text-soft">Rollcall</h1>
      {code === undefined ? null : (
        <p role="alert" className="my-4 border-l-2 border-bad bg-sunken px-3 py-2">
          {Object.hasOwn(REASONS, code) ? REASONS[code] : FAILED}
        </p>
      )}
      {provider === null ? (
        <>
          <p className="mb-3 text-answer leading-7">
            Open the address that Rollcall printed when it was started.
          </p>
          <p>
            It ends in a secret that signs you in once, and stands in the terminal where Rollcall runs. For a
            new one, run <code className="key">npm run -s rollcall -- member link</code> there, or ask an
            admin for a link of your own.
          </p>
        </>
      ) : (
        <>
          <p className="mb-4 text-answer leading-7">Sign in with your company's account.</p>
          <ProviderButton name={provider.name} />
        </>
      )}
    </main>
  );
}
