/** The map of the house, in order: a room knows only the rooms before it, through their doors. */
export const rooms = [
  'kit',
  'platform',
  'journal',
  'people',
  'territory',
  'ledger',
  'documents',
  'notices',
  'campaigns',
  'pledges',
  'applications',
  'review',
  'allocation',
  'awards',
  'missions',
  'receipts',
  'impact',
  'open-data',
  'web',
] as const

export type Room = (typeof rooms)[number]
