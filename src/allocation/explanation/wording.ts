import { cents, formatEuros, formatHours, minutes, numberFormat } from '#kit'
import type { Language, Say } from '#platform'

export function euros(amountCents: number, language: Language): string {
  return formatEuros(cents(amountCents), language)
}

export function hours(count: number, language: Language): string {
  return formatHours(minutes(count), language)
}

/** `88 %`, `88.5%`: one decimal at most, never rounded up to a hundred. */
export function percent(ratio: number, language: Language): string {
  const floored = Math.floor(ratio * 1000 + 1e-9) / 1000
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(floored)
}

/** The family's name in words; its code when it is not one of the shipped families. Of a flexible pool, all of them. */
export function familyName(say: Say, family: string): string {
  const names = family.split('|').map((code) => {
    const name = say(`campaigns:family.${code}`)
    return name.endsWith(`family.${code}`) ? code : name
  })
  return names.join(' / ')
}

const lists: Record<Language, Intl.ListFormat> = {
  fr: new Intl.ListFormat('fr'),
  en: new Intl.ListFormat('en-GB'),
}

/** `A, B et C`. */
export function listed(names: string[], language: Language): string {
  return lists[language].format(names)
}

/** `A`, `B`, `12 autres`: those shown, and how many of all are not. */
export function withOthers(names: string[], count: number, say: Say): string[] {
  const rest = count - names.length
  return rest > 0 ? [...names, say('allocation:others', { count: rest })] : names
}
