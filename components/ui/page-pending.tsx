"use client";
/** A page whose data are worked out for the first time: it opens once they are there. */
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { fetchJson } from "../data/api.ts";
import { BeingWorkedOut, isBeingWorkedOut } from "./being-worked-out.tsx";
import { Problem } from "./problem.tsx";

/** @param data the address from which its data can be had. @param message how far they are. */
export function PagePending({ data: address, message }: { data: string; message: string }) {
  const router = useRouter();
  const { data, error, refetch } = useQuery({
    queryKey: ["pending", address],
    queryFn: ({ signal }) => fetchJson<object>(address, { signal }),
    gcTime: 0,
  });
  const there = data !== undefined;
  useEffect(() => {
    if (there) router.refresh();
  }, [there, router]);
  return error === null || isBeingWorkedOut(error) ? (
    <BeingWorkedOut message={error?.message ?? message} />
  ) : (
    <Problem error={error} retry={() => void refetch()} since={0} />
  );
}
