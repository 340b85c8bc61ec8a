// Types that hold a schema equal to the type that it reads.

/** What JSON makes of a type: a key that may be undefined is a key that may be absent. */
export type AsJson<T> = T extends readonly (infer Element)[]
  ? readonly AsJson<Element>[]
  : T extends object
    ? { readonly [K in keyof T as undefined extends T[K] ? never : K]: AsJson<T[K]> } & {
        readonly [K in keyof T as undefined extends T[K] ? K : never]?: AsJson<T[K]> | undefined;
      }
    : T;

/** True where each of two types can stand for the other; a constant of this type compiles only then. */
export type MutuallyAssignable<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
