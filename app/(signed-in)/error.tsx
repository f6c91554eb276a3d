"use client";
import { PageProblem } from "../../components/ui/page-problem.tsx";

export default function SignedInProblem({ retry }: { error: unknown; retry: () => void }) {
  return <PageProblem retry={retry} />;
}
