import { fold } from '../platform/fold.ts';

/** `Mỳ gạo Chũ (túi 1 kg)` → `my-gao-chu-tui-1-kg`; at most 80 characters. */
export const slugOf = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
