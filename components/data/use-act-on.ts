"use client";
/** Acts on what a page lists. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

/**
 * An act, after which the page shows what is so now, and the audit log too.
 * @param of the first part of the key of what it changes.
 * @param send sends it. @throws {ApiProblem} into the mutation's `error`.
 * @param then when both are fetched again.
 */
export function useActOn<Input, Result>(
  of: string,
  send: (input: Input) => Promise<Result>,
  then: () => void = () => {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await Promise.all([of, "audit"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      then();
    },
  });
}
