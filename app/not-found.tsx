/** For an address that leads nowhere. */
import Link from "next/link";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[60ch] px-4 py-16">
      <h1 className="text-answer">There is nothing at this address.</h1>
      <p className="my-3">It may be misspelt, or what it named is not in the records.</p>
      <Link href="/" className="button">
        Go to the overview
      </Link>
    </main>
  );
}
