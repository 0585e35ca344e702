import { dayFormat } from '#kit'
import type { Language, Say } from '#platform'
import { fieldNamed } from './cerfa/fields.ts'
import { cerfaLabel, cerfaWords } from './cerfa/words.ts'
import type { Application } from './rules.ts'

/** The label that the form gives to a field: `need2-family` is the skill of the second row. */
export function labelOf(say: Say, field: string): string {
  const [, row, name] = /^need(\d+)-(\w+)$/.exec(field) ?? []
  if (row)
    return `${say('applications:needs.row', { rank: row })} — ${say(`applications:needs.${name}`)}`
  if (fieldNamed(field)) return cerfaLabel(say, field)
  return say(labels[field] ?? 'applications:needs.deliverable')
}

const labels: Record<string, string> = {
  projectTitle: 'applications:project.title',
  projectSummary: 'applications:project.summary',
  beneficiaries: 'applications:project.beneficiaries',
  envelopeId: 'applications:money.envelope',
  askedCents: 'applications:money.asked',
  usefulCents: 'applications:money.useful',
  budgetChargesCents: 'applications:money.charges',
  budgetProductsCents: 'applications:money.products',
  cashFallback: 'applications:money.fallback',
}

/** The same for an answer named by its need, as the file stands. */
export function labelOfAnswer(say: Say, answer: string, { needs }: Application): string {
  const [, id, name] = /^([0-9a-f-]{36})-(\w+)$/.exec(answer) ?? []
  const rank = needs.findIndex((need) => need.id === id) + 1
  if (!id) return labelOf(say, answer)
  return rank > 0 ? labelOf(say, `need${rank}-${name}`) : say(`applications:needs.${name}`)
}

/** An answer as people read it: a choice by its words, not by its code. */
export function wordsOf(
  say: Say,
  { field, value }: { field: string; value: string },
  envelopes: { id: string; name: string }[],
): string {
  if (value === '') return '—'
  if (fieldNamed(field)) return cerfaWords(say, field, value)
  if (field === 'envelopeId') return envelopes.find(({ id }) => id === value)?.name ?? '—'
  if (field.endsWith('-family')) return say(`campaigns:family.${value}`)
  if (field.endsWith('-modality')) return say(`applications:modality.${value}`)
  return field.endsWith('Cents') ? `${value} €` : value
}

/** `9 h 05` / `09:05`, in mainland France: the hour of the server, never the device's. */
export function formatTime(value: Date, language: Language): string {
  const time = dayFormat(language, { timeStyle: 'short', timeZone: 'Europe/Paris' }).format(value)
  return language === 'fr' ? time.replace(/^0/, '').replace(':', '\u00a0h\u00a0') : time
}
