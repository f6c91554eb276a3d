"use client";
/** Makes the link that signs a member in once, and shows it this once. */
import { sendJson } from "../data/api.ts";
import { Refusal } from "../ui/field.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { Moment } from "../ui/when.tsx";
import { useAct } from "./access-query.ts";

export function SignInLink({ member, who }: { member: string; who: string }) {
  const make = useAct(() =>
    sendJson<{ url: string; expiresAt: string }>(`/api/v1/members/${member}/link`, "POST"),
  );
  return (
    <section>
      {make.data === undefined ? (
        <>
          <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate()}>
            Make a sign-in link
          </button>
          <p className="mt-1 text-sm text-soft">
            For somebody whom no identity provider signs in. Hand it over yourself: Rollcall sends no mail.
          </p>
        </>
      ) : (
        <>
          <SecretOnce label="Sign-in link" secret={make.data.url} />
          <p className="text-sm text-soft [overflow-wrap:anywhere]">
            It works once, until <Moment at={make.data.expiresAt} />, and is not shown again. Whoever opens it
            comes in as {who}.
          </p>
        </>
      )}
      <Refusal>{make.error?.message}</Refusal>
    </section>
  );
}
