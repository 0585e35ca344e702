import { type Cents, type Minutes, sumCents, sumMinutes } from '#kit'
import { type Application, askedMinutes } from './rules.ts'

export const fileStates = ['draft', 'deposited', 'withdrawn'] as const
export type FileState = (typeof fileStates)[number]

/** As the address says it: `?state=deposited&family=COMMS&q=club`. */
export type Filter = { state: string; family: string; q: string }

export function stateOf({ deposit, withdrawnAt }: Application): FileState {
  if (withdrawnAt) return 'withdrawn'
  return deposit ? 'deposited' : 'draft'
}

export function filtered(applications: Application[], filter: Filter): Application[] {
  const sought = plain(filter.q)
  return applications.filter(
    (application) =>
      (!filter.state || stateOf(application) === filter.state) &&
      // A draft's answers are the association's own: no filter tells what they are.
      (!filter.family ||
        (application.deposit &&
          application.needs.some(({ family }) => family === filter.family))) &&
      plain(application.association.name).includes(sought),
  )
}

export type Totals = { askedCents: Cents; askedMinutes: Minutes; count: number }

/** What deposited files ask for, euros and hours each on their own. */
export function totalsOf(applications: Application[]): Totals {
  const deposited = applications.filter(({ deposit }) => deposit)
  return {
    count: deposited.length,
    askedCents: sumCents(deposited.flatMap(({ askedCents }) => askedCents ?? [])),
    askedMinutes: sumMinutes(deposited.map(({ needs }) => askedMinutes(needs))),
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
