import { find } from '../platform/dom.ts';
import { onBasketChange, readBasket } from './basket.ts';

/** The little number on the basket in the head of every page. */
export function showBasketCount(): void {
  const show = () => {
    const count = readBasket().length;
    const badge = find('[data-basket-count]');
    if (!badge) return;
    badge.hidden = count === 0;
    badge.textContent = String(count);
  };
  show();
  onBasketChange(show);
}
