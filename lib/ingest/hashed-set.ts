/** A set of texts that takes little room: by name while they are few, and by their hashes alone when they are many. */
import { refHash } from "../../db/log/segment.ts";

export class HashedSet {
  private readonly hashes = new Set<number>();
  private named: Set<string> | null = new Set();

  /** @param most so many are known by name. */
  constructor(private readonly most: number) {}

  add(text: string): void {
    this.hashes.add(refHash(text));
    this.named?.add(text);
    if (this.named !== null && this.named.size > this.most) this.named = null;
  }

  /** The texts; null where there are too many. */
  get few(): ReadonlySet<string> | null {
    return this.named;
  }

  /** Of many, also one that is not in it, now and then. */
  has(text: string): boolean {
    return this.named === null ? this.hashes.has(refHash(text)) : this.named.has(text);
  }

  /** Their number; of many, nearly. */
  get size(): number {
    return this.named?.size ?? this.hashes.size;
  }
}
