/** Finding things in the page, and saying so when the page and its script have drifted apart. */
export const find = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E | undefined =>
  within.querySelector<E>(selector) ?? undefined;

export function need<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
  const element = within.querySelector<E>(selector);
  if (!element) throw new Error(`This page lacks ${selector}`);
  return element;
}

/** The `{slug}` of `/san-pham/{slug}/`: the generic page is served under the address of what it shows. */
export const slugInAddress = (): string => decodeURIComponent(location.pathname.split('/').filter(Boolean)[1] ?? '');

const toastSeconds = 4;

/** A short word at the foot of the page that also reaches screen readers. */
export function toast(text: string, link?: { href: string; text: string }): void {
  find('.toast')?.remove();
  const box = document.createElement('p');
  box.className = 'toast no-print';
  box.setAttribute('role', 'status');
  box.append(`${text} `);
  if (link) {
    const a = document.createElement('a');
    a.href = link.href;
    a.textContent = link.text;
    box.append(a);
  }
  document.body.append(box);
  setTimeout(() => box.remove(), toastSeconds * 1000);
}
