"use client";
/** Who owns an application, and so reviews the access to it. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MemberName } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { Refusal } from "../ui/field.tsx";

export interface OwnerOf {
  /** The member who owns it; null: nobody. */
  owner: string | null;
  /** Whom it can be. */
  reviewers: readonly MemberName[];
}

export function Owner({
  application,
  owner,
  reviewers,
  maySet,
}: OwnerOf & { application: string; maySet: boolean }) {
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: (member: string | null) =>
      sendJson(`/api/v1/applications/${encodeURIComponent(application)}/owner`, "PUT", { member }),
    onSuccess: () => router.refresh(),
  });
  const name = reviewers.find(({ member }) => member === owner)?.name;
  if (!maySet) return <>{owner === null ? "nobody is set" : (name ?? "somebody who may not review")}</>;
  return (
    <>
      <select
        className="field"
        aria-label="Owner"
        value={mutation.isPending ? (mutation.variables ?? "") : (owner ?? "")}
        disabled={mutation.isPending}
        onChange={({ target }) => mutation.mutate(target.value === "" ? null : target.value)}
      >
        <option value="">Nobody</option>
        {owner !== null && name === undefined ? (
          <option value={owner}>Somebody who may not review</option>
        ) : null}
        {reviewers.map((one) => (
          <option key={one.member} value={one.member}>
            {one.name}
          </option>
        ))}
      </select>
      <Refusal>{mutation.error?.message}</Refusal>
    </>
  );
}
