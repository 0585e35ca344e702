// Bidirectional overrides can make a printed name read as another one; other controls have no shape.
const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\ufeff]|(?![\n\t])\p{Cc}/gu

/** JSON for a template: whatever people typed, without what cannot be printed or would deceive the eye. */
export function printableJson(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replace(INVISIBLE, '') : value,
  )
}

// The compiler names each run of text that no font of ours can draw: `the text \`"😀"\` could not be displayed`.
const UNDRAWN = /the text `\\?"(.+?)\\?"` could not be displayed/gu

// A picture says nothing that a mark in its place would: 🌻, the colour of a hand, what joins two of them.
const PICTURE =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3/u

/**
 * The same JSON without what the compiler could not draw: a replacement mark stands for each letter,
 * and nothing for a picture; undefined when no sign is named.
 */
export function withoutUndrawn(json: string, complaint: string): string | undefined {
  const signs = [...complaint.matchAll(UNDRAWN)].flatMap(([, run = '']) => [...unescaped(run)])
  const known = new Set(signs.filter((sign) => sign > '~' && json.includes(sign)))
  if (known.size === 0) return undefined
  return [...json]
    .map((sign) => (known.has(sign) ? (PICTURE.test(sign) ? '' : '\ufffd') : sign))
    .join('')
}

function unescaped(run: string): string {
  return run.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) =>
    String.fromCodePoint(parseInt(hex, 16)),
  )
}
