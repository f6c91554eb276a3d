/** The same facts as the picture above it, for whoever reads tables better than pictures. */
import type { ReactNode } from "react";
import { type Head, TableFrame } from "./table-frame.tsx";

export function AsTable({
  label,
  columns,
  rows,
  open = false,
}: {
  /** What the table holds, for readers of the page by ear. */
  label: string;
  columns: readonly Head[];
  /** The first cell heads its row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  open?: boolean;
}) {
  return (
    <details className="mt-2 text-sm" open={open}>
      <summary className="w-fit cursor-pointer text-soft hover:text-ink">
        Show as table<span className="sr-only">: {label}</span>
      </summary>
      <TableFrame scrolling={label} className="mt-1 max-h-96 overflow-auto" heads={columns}>
        {rows.map(({ key, cells: [first, ...cells] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {columns.slice(1).map(({ head, number }, i) => (
              <td key={head} className={number ? "number" : undefined}>
                {cells[i]}
              </td>
            ))}
          </tr>
        ))}
      </TableFrame>
    </details>
  );
}
