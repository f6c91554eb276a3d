/** An application by name, leading to everything known of it. */
import Link from "next/link";

export function ApplicationLink({ name, item = false }: { name: string | null; item?: boolean }) {
  if (name === null) return null;
  return (
    <Link
      href={`/applications/${encodeURIComponent(name)}`}
      className="link"
      prefetch={false}
      data-item={item ? "" : undefined}
    >
      {name}
    </Link>
  );
}
