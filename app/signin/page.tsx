/** For whoever comes without a session: how to get one. */
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-16">
      <h1 className="text-sm text-soft">Rollcall</h1>
      <p className="mb-3 text-answer leading-7">
        Open the address that Rollcall printed when it was started.
      </p>
      <p>
        It ends in a secret that signs you in, and stands in the terminal where Rollcall runs. If it is gone
        from there, stop Rollcall and start it again with <code className="key">npm start</code>.
      </p>
    </main>
  );
}
