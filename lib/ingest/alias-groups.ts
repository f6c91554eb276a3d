/** Accounts that are one another's aliases, in groups: by the hashes of their refs, a few bytes each. */
import { refHash } from "../../db/log/segment.ts";

export class AliasGroups {
  /** Of each ref that has aliases another one of its group; of one in each group itself. */
  private readonly parent = new Map<number, number>();

  unite(ref: string, alias: string): void {
    this.parent.set(this.root(refHash(alias)), this.root(refHash(ref)));
  }

  /** A number that all of a ref's group have in common: refs that only look alike (`refHash`) share it too. */
  of(ref: string): number {
    return this.root(refHash(ref)) >>> 0;
  }

  private root(hash: number): number {
    let root = hash;
    for (let next = this.parent.get(root); next !== undefined && next !== root; next = this.parent.get(root))
      root = next;
    // Whoever asks next finds it at once.
    for (let at = hash; at !== root; ) {
      const next = this.parent.get(at) as number;
      this.parent.set(at, root);
      at = next;
    }
    return root;
  }
}
