"use client";
/** API tokens: the list, the panel that makes one, the one showing of what was made, and the question before one is revoked. */
import { useState } from "react";
import type { Scope } from "../../lib/auth/permissions.ts";
import { sendJson } from "../data/api.ts";
import { usePanel } from "../data/use-address.ts";
import { plural } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { Moment } from "../ui/when.tsx";
import { useAct } from "./access-query.ts";
import { EMPTY_TOKEN, type MadeToken, TokenPanel } from "./token-panel.tsx";
import { TokensTable, type TokenWithState } from "./tokens-table.tsx";

function RevokeQuestion({ token, onClose }: { token: TokenWithState; onClose: () => void }) {
  const revoke = useAct(() => sendJson(`/api/v1/tokens/${token.token}`, "DELETE").then(onClose));
  return (
    <Confirm title={`Revoke ${token.name}?`} act="Revoke" doing={revoke} onClose={onClose}>
      <p>Whatever program comes with it is refused at once. This can't be taken back: make a new one then.</p>
    </Confirm>
  );
}

function MadeOnce({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  return (
    <Dialog title={made.name} onClose={onClose}>
      {(close) => (
        <>
          <SecretOnce label="Token" secret={made.secret} />
          <p className="text-sm text-soft">
            Copy it now: it is not shown again. It works until <Moment at={made.expiresAt} />. A program sends
            it as <code className="key">Authorization: Bearer …</code>
          </p>
          <button type="button" className="button mt-4" onClick={close}>
            I have it
          </button>
        </>
      )}
    </Dialog>
  );
}

interface Props {
  tokens: readonly TokenWithState[];
  /** What they can give to a token. */
  scopes: readonly Scope[];
  /** Whether these are everybody's. */
  all: boolean;
  now: number;
}

export function TokensSection({ tokens, scopes, all, now }: Props) {
  const panel = usePanel("token");
  const [draft, setDraft] = useState(EMPTY_TOKEN);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [asked, setAsked] = useState<TokenWithState | null>(null);
  return (
    <section aria-labelledby="tokens">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="tokens">
          {plural(
            tokens.length,
            all ? "API token" : "API token of yours",
            all ? undefined : "API tokens of yours",
          )}
        </h2>
        <button type="button" className="button" onClick={() => panel.show("new")}>
          Make a token
        </button>
      </div>
      {tokens.length === 0 ? (
        <p className="max-w-[80ch] text-soft">
          Programs come in with a token: what fetches reports, or sends records in from elsewhere.
        </p>
      ) : (
        <TokensTable tokens={tokens} now={now} onRevoke={setAsked} />
      )}
      {panel.open === "new" ? (
        <TokenPanel
          draft={draft}
          onDraft={setDraft}
          scopes={scopes}
          onMade={(token) => {
            setMade(token);
            setDraft(EMPTY_TOKEN);
            panel.close();
          }}
          onClose={panel.close}
        />
      ) : null}
      {made === null ? null : <MadeOnce made={made} onClose={() => setMade(null)} />}
      {asked === null ? null : <RevokeQuestion token={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
