/**
 * Texts of the pages. Vietnamese is complete and is what every other language falls back to, key by key.
 * A page or script names the features it needs (`translator('catalog', catalog)`), so a product page does not carry the texts of the checkout.
 */
import type * as vietnamese from './vi.ts';

export const locales = ['vi', 'en', 'zh'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'vi';

export type Dictionary = { readonly [F in keyof typeof vietnamese]: { readonly [K in keyof (typeof vietnamese)[F]]: string } };
export type Feature = keyof Dictionary;
/** What `en.ts` and `zh.ts` will export: any part of the dictionary, the rest stays Vietnamese. */
export type Translation = { readonly [F in Feature]?: Partial<Dictionary[F]> };

let translation: Translation = {};

/** Called once, before anything is drawn, by a page built or opened in another language. */
export function speak(chosen: Translation): void {
  translation = chosen;
}

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Values<S extends string> = [Placeholder<S>] extends [never] ? [] : [values: Record<Placeholder<S>, string | number>];

export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `const t = translator('catalog', catalog); t('left', { n: 3 })` – keys and their placeholders are checked by the compiler. */
export function translator<F extends Feature, const D extends Record<string, string>>(feature: F, fallback: D) {
  return <K extends keyof D & string>(key: K, ...[values]: Values<D[K]>): string => {
    const translated = (translation[feature] as Record<string, string> | undefined)?.[key];
    return fill(translated ?? fallback[key] ?? key, values);
  };
}
