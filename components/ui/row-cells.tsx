/** Cells that rows of several tables have. */
import { ApplicationLink } from "./application-link.tsx";
import { PersonLink } from "./person-link.tsx";

interface OfSomebody {
  subject: string | null;
  identity: { displayName: string | null; userName: string };
}

/** Whose row it is, as its head. @param item whether keys that go through the rows stop at the link. */
export function PersonHead({ row, item = true }: { row: OfSomebody; item?: boolean }) {
  return (
    <th scope="row">
      <PersonLink
        item={item}
        subject={row.subject}
        name={row.identity.displayName ?? row.identity.userName}
      />
    </th>
  );
}

export function ApplicationCell({ name }: { name: string | null }) {
  return (
    <td>
      <ApplicationLink name={name} />
    </td>
  );
}

/** An account's name there, its id on hover. */
export function AccountCell({ id, name }: { id: string; name: string | null }) {
  return (
    <td className="max-w-52 truncate" title={id}>
      {name ?? id}
    </td>
  );
}

/** The provider's last word on what failed. */
export function ErrorCell({ text }: { text: string | null }) {
  return (
    <td className="max-w-64 truncate text-soft" title={text ?? undefined}>
      {text}
    </td>
  );
}
