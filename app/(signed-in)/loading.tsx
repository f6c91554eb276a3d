import { ReportSkeleton } from "../../components/ui/skeleton.tsx";

export default function Loading() {
  return <ReportSkeleton />;
}
