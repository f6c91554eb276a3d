"use client";
/** Who is signed in, and the way out. */
import { useState } from "react";
import { sendJson } from "../data/api.ts";

export function SignOut({ name }: { name: string }) {
  const [going, setGoing] = useState(false);
  const go = () => {
    setGoing(true);
    // The whole document anew: nothing that was read stays in this browser.
    sendJson("/api/v1/session", "DELETE").then(
      () => window.location.assign("/signin"),
      () => setGoing(false),
    );
  };
  return (
    <button
      type="button"
      className="button max-w-[18ch] truncate"
      title={`Signed in as ${name}`}
      disabled={going}
      onClick={go}
    >
      Sign out
    </button>
  );
}
