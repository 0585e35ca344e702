const token = /[{}[\],:]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|(?:-?\d[\d.eE+-]*|true|false|null)/y
const space = /\s*/y

type Wanted = 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'next'
// By the first sign of a token; a digit stands for every bare word.
const allowed = { value: '{["0', firstValue: '{["0]', key: '"', firstKey: '"}', colon: ':' }

/** The line where this text stops being JSON: the last one when it is cut. The platform's own message often has none. */
export function lineOfBreak(text: string): number {
  const closers: string[] = []
  let wanted: Wanted = 'value'
  let end = 0
  for (;;) {
    const start = endOf(space, text, end) ?? end
    const next = endOf(token, text, start)
    if (next === undefined) return lineAt(text, start < text.length ? start : end)
    const sign = /[{}[\],:"]/.exec(text.charAt(start))?.[0] ?? '0'
    const closer = closers.at(-1)
    const isWanted =
      wanted === 'next'
        ? closer !== undefined && (sign === ',' || sign === closer)
        : allowed[wanted].includes(sign)
    if (!isWanted) return lineAt(text, start)
    if (sign === '{' || sign === '[') closers.push(sign === '{' ? '}' : ']')
    if (sign === '}' || sign === ']') closers.pop()
    wanted = wantedAfter(sign, wanted, closer)
    end = next
  }
}

function wantedAfter(sign: string, wanted: Wanted, closer: string | undefined): Wanted {
  if (sign === '{') return 'firstKey'
  if (sign === '[') return 'firstValue'
  if (sign === ':') return 'value'
  if (sign === ',') return closer === '}' ? 'key' : 'value'
  return sign === '"' && (wanted === 'key' || wanted === 'firstKey') ? 'colon' : 'next'
}

function endOf(part: RegExp, text: string, start: number): number | undefined {
  part.lastIndex = start
  return part.test(text) ? part.lastIndex : undefined
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
