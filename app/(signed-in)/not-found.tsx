/** For a person or event that the records do not know. */
import Link from "next/link";

export default function NotFound() {
  return (
    <section className="max-w-[60ch] py-12">
      <h1 className="text-answer">The records know nothing of this name.</h1>
      <p className="my-3">It may be misspelt, or belong to a source that has not been added yet.</p>
      <Link href="/sources" className="button">
        See the sources
      </Link>
    </section>
  );
}
