/** Instead of a report when no record has come in: what will be here, and how to get it. */
import Link from "next/link";

export function NothingYet({ title, will }: { title: string; will: string }) {
  return (
    <section className="max-w-[60ch] py-12">
      <h1 className="text-sm text-soft">{title}</h1>
      <p className="mb-4 text-answer leading-7">Nothing has come in yet. {will}</p>
      <Link href="/sources" className="button button-main">
        Add a file
      </Link>
    </section>
  );
}
