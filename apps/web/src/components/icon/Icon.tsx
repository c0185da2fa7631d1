/** The drawn icons, always beside words and hidden from screen readers. Those that point along the line flip with it. */

const PATHS = {
  today:
    'M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4M8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0',
  notes: 'M5 4h14v12l-4 4H5zM15 20v-4h4M9 9h6M9 13h4',
  plan: 'm4 7 2 2 3-4M4 17l2 2 3-4M13 7h7M13 17h7',
  more: 'M4 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0',
  leave: 'M9 4H5v16h4M14 8l4 4-4 4M18 12H9',
  check: 'M20 7 10 17l-5-5',
  forward: 'm9 5 7 7-7 7',
  back: 'm15 5-7 7 7 7',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3',
  info: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M12 11v6M12 7.500v.1',
  now: 'M12 7v5l3 2M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0',
  fix: 'M12 4 2.500 20h19zM12 10v4M12 17v.1',
  place: 'M12 21s7-6.200 7-11a7 7 0 0 0-14 0c0 4.800 7 11 7 11zM9.500 10a2.500 2.500 0 1 0 5 0 2.500 2.500 0 1 0-5 0',
  listen: 'M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11',
  stop: 'M7 7h10v10H7z',
  phone: 'M8 3h8v18H8zM11 18h2',
  relay: 'M12 19V7M7 11l5-5 5 5M5 21h14',
  person: 'M8 8a4 4 0 1 0 8 0 4 4 0 1 0-8 0M4 21c1-5 4-7 8-7s7 2 8 7',
  people:
    'M5 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0M2 19c.6-4 3-6 6-6s5.400 2 6 6M15 5.500a3 3 0 0 1 0 5.500M17 13.500c2.500.6 4 2.500 4.500 5.500',
  waiting: 'M6 3h12M6 21h12M7 3c0 5 5 6 5 9s-5 4-5 9M17 3c0 5-5 6-5 9s5 4 5 9',
  offline: 'M3 3l18 18M5 12.500a10 10 0 0 1 4-2.500M15 10a10 10 0 0 1 4 2.500M8.500 16a5 5 0 0 1 7 0M12 19.500v.1',
  add: 'M12 5v14M5 12h14',
  print: 'M7 9V3h10v6M7 18H4V9h16v9h-3M7 14h10v7H7z',
  globe: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  edit: 'M4 20l1-5L16 4l4 4L9 19zM13 7l4 4',
} as const

const FLIPS: readonly IconName[] = ['leave', 'forward', 'back', 'notes', 'plan', 'listen', 'edit']

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={FLIPS.includes(name) ? 'i flips' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
