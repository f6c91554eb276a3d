/**
 * Which texts of a shape tell of a person. The type asks for each: a new field that can hold text does not compile until
 * somebody has said what it is. Pure.
 */

/**
 * `plain`: tells of no person; `person`: a name, an address, an id of one; `ref`: a subject's key, which ends with an id or a
 * name; `words`: sentences of people or vendors, in which anybody may be named. A function decides by the fields beside it.
 */
export type Kind = "plain" | "person" | "ref" | "words";

type HasText<V> = [NonNullable<V>] extends [never]
  ? false
  : NonNullable<V> extends string
    ? true
    : NonNullable<V> extends number | boolean
      ? false
      : NonNullable<V> extends readonly (infer E)[]
        ? HasText<E>
        : true extends { [K in keyof NonNullable<V>]: HasText<NonNullable<V>[K]> }[keyof NonNullable<V>]
          ? true
          : false;

type ClassOf<V, Owner> = V extends string
  ? Kind | ((beside: Owner) => Kind)
  : V extends readonly (infer E)[]
    ? ClassOf<NonNullable<E>, Owner>
    : Classes<V>;

/** Of each field that holds text what it is; lists as what stands in them. */
export type Classes<T> = {
  readonly [K in keyof T as HasText<T[K]> extends true ? K : never]-?: ClassOf<NonNullable<T[K]>, T>;
};
