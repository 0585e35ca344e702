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

/** The same JSON with a replacement mark for each sign that the compiler could not draw; undefined when none is named. */
export function withoutUndrawn(json: string, complaint: string): string | undefined {
  const signs = [...complaint.matchAll(UNDRAWN)].flatMap(([, run = '']) => [...unescaped(run)])
  const known = new Set(signs.filter((sign) => sign > '~' && json.includes(sign)))
  if (known.size === 0) return undefined
  return [...json].map((sign) => (known.has(sign) ? '\ufffd' : sign)).join('')
}

function unescaped(run: string): string {
  return run.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) =>
    String.fromCodePoint(parseInt(hex, 16)),
  )
}
