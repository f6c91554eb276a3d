"use client";
/** Signs in with the OpenID provider. */
import { signIn } from "next-auth/react";
import { useState } from "react";

export function ProviderButton({ name }: { name: string }) {
  const [going, setGoing] = useState(false);
  const go = () => {
    setGoing(true);
    void signIn("oidc", { callbackUrl: "/" }).catch(() => setGoing(false));
  };
  return (
    <button type="button" className="button primary" disabled={going} onClick={go}>
      {going ? `Going to ${name} …` : `Sign in with ${name}`}
    </button>
  );
}
