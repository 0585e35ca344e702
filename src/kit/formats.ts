// Making a formatter costs a hundred times more than using it: each is made once.
const numberFormats = new Map<string, Intl.NumberFormat>()
const dayFormats = new Map<string, Intl.DateTimeFormat>()

export function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  return kept(numberFormats, [locale, options], () => new Intl.NumberFormat(tagOf(locale), options))
}

export function dayFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return kept(dayFormats, [locale, options], () => new Intl.DateTimeFormat(tagOf(locale), options))
}

/** `1 234` / `1,234`. */
export function formatCount(value: bigint | number, locale = 'fr'): string {
  return numberFormat(locale).format(value)
}

function tagOf(locale: string): string {
  return { fr: 'fr-FR', en: 'en-GB' }[locale] ?? locale
}

function kept<Format>(all: Map<string, Format>, asked: unknown, make: () => Format): Format {
  const key = JSON.stringify(asked)
  const known = all.get(key)
  if (known) return known
  const made = make()
  all.set(key, made)
  return made
}
