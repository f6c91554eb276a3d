/** A person or account by name, leading to everything known of it. */
import Link from "next/link";

const identityHref = (subject: string): string => `/identities/${encodeURIComponent(subject)}`;

export function PersonLink({
  subject,
  name,
  item = false,
}: {
  subject: string | null;
  name: string;
  item?: boolean;
}) {
  if (subject === null) return <span>{name}</span>;
  return (
    <Link href={identityHref(subject)} className="link" prefetch={false} data-item={item ? "" : undefined}>
      {name}
    </Link>
  );
}
