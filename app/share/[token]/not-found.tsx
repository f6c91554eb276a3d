import { NoShare } from "../../../components/share/no-share.tsx";

export default function NotFound() {
  return <NoShare />;
}
