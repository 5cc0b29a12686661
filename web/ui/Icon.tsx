const strokes = {
  basket: 'M4 9h16l-1.6 10.2a1 1 0 0 1-1 .8H6.600a1 1 0 0 1-1-.8L4 9zM8 9l3-6M16 9l-3-6M9.5 13v3M14.5 13v3',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.500L21 21',
  parcel: 'M3 8l9-5 9 5v9l-9 5-9-5V8zM3 8l9 5 9-5M12 13v9',
  check: 'M4 13l5 5L20 6',
  place: 'M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11zM12 7.500a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  shop: 'M4 10v10h16V10M3 10l2-6h14l2 6M3 10c0 2.5 4.5 2.5 4.5 0 0 2.5 4.5 2.5 4.5 0 0 2.5 4.5 2.5 4.5 0 0 2.5 4.5 2.5 4.5 0M10 20v-5h4v5',
  trace: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M8 8h3v3H8zM13 8h3v3h-3zM8 13h3v3H8zM14 14h2v2h-2z',
  store: 'M12 3v18M12 8c-4 0-6-2-6-5 4 0 6 2 6 5zM12 13c4 0 6-2 6-5-4 0-6 2-6 5zM12 18c-4 0-6-2-6-5 4 0 6 2 6 5z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  live: 'M12 10.500a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM8.5 15.500a5 5 0 0 1 0-7M15.5 8.500a5 5 0 0 1 0 7M5.5 18.500a9 9 0 0 1 0-13M18.5 5.500a9 9 0 0 1 0 13',
  ledger: 'M5 3h13a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H5zM5 3v18M9 3v18M12 8h4M12 12h4M12 16h4',
  phone: 'M6 3h4l2 5-2.500 1.500a11 11 0 0 0 5 5L16 12l5 2v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  bin: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
} as const;

export type IconName = keyof typeof strokes;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={strokes[name]} />
    </svg>
  );
}
