import iconv from 'iconv-lite'

/** How a text was spoiled before it was saved: its UTF-8, or its DOS bytes, read as cp1252. */
export type Mojibake = 'utf-8' | 'cp850' | undefined

// A low comma inside a word is no French: it is the é of DOS (0x82) read as cp1252.
const DOS_ACUTE = /\p{L}[‚\u0082\u0090]|[‚\u0082\u0090]\p{L}/u
const UTF8_TRACE = /Ã[\u0080-\u00bf©¨ª«§´®¯¹»¼ \u00a0‰€ˆŠ‡”™›œ]|Â[°«»\u00a0]|â€™|ï»¿/u

export function mojibakeOf(text: string): Mojibake {
  // The euro sign of a spoiled UTF-8 (â‚¬) holds a low comma too.
  if (UTF8_TRACE.test(text)) return 'utf-8'
  return DOS_ACUTE.test(text) ? 'cp850' : undefined
}

export function mend(text: string, spoiled: Mojibake): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is never spoiled
  if (!spoiled || /^[\u0000-\u007f]*$/.test(text)) return text
  return spoiled === 'cp850' ? mendDos(text) : mendUtf8(text)
}

function mendDos(text: string): string {
  // Real accents mean that this cell was typed later and is sound.
  const isSound = /[éèêàçôîûù]/.test(text) || !/[‚Š…‡ˆ“—–ƒ„\u0080-\u009f]/.test(text)
  return isSound ? text : reread(text, 'cp850')
}

function mendUtf8(text: string): string {
  const reborn = reread(text, 'utf-8')
  if (!reborn.includes('\ufffd')) return reborn
  // à is C3 A0, and its second byte, a no-break space, is often trimmed away or flattened.
  return text.replace(/Ã[ \u00a0]\s?/g, 'à ').replace(/[ÃÂâ][\u0080-\u20ff]{1,2}/g, (pair) => {
    const letter = reread(pair, 'utf-8')
    return letter.includes('\ufffd') ? pair : letter
  })
}

function reread(text: string, encoding: string): string {
  const hasRawBytes = /[\u0080-\u009f]/.test(text)
  return iconv.decode(iconv.encode(text, hasRawBytes ? 'latin1' : 'windows-1252'), encoding)
}
