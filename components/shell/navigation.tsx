"use client";
/** The pages by name: down the left side, or along the foot of a phone. */
import Link from "next/link";
import { usePathname } from "next/navigation";
import { isCurrent, type PageLink, phonePages } from "./pages.ts";

export function SideNavigation({ pages }: { pages: readonly PageLink[] }) {
  const path = usePathname();
  return (
    <nav
      aria-label="Pages"
      className="sticky top-0 hidden h-dvh w-40 shrink-0 flex-col border-r border-line px-3 py-3 md:flex print:hidden"
    >
      <Link href="/" className="mb-4 flex h-8 items-center px-2 font-semibold">
        Rollcall
      </Link>
      {pages.map(({ href, word }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={isCurrent(href, path) ? "page" : undefined}
          className="flex h-8 items-center rounded px-2 text-soft hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}

export function FootNavigation({ pages, onMore }: { pages: readonly PageLink[]; onMore: () => void }) {
  const path = usePathname();
  const place = "flex h-12 flex-1 items-center justify-center text-xs text-soft";
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-raised md:hidden print:hidden"
    >
      {phonePages(pages).map(({ href, word }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={isCurrent(href, path) ? "page" : undefined}
          className={`${place} aria-[current=page]:font-semibold aria-[current=page]:text-ink`}
        >
          {word}
        </Link>
      ))}
      <button type="button" className={place} onClick={onMore}>
        More
      </button>
    </nav>
  );
}
