import chardet from 'chardet'
import iconv from 'iconv-lite'
import type { Bytes } from './bytes.ts'

// chardet does not know cp850 (DOS) nor tells cp1252 from Mac Roman in short files: French letters vote.
const ONE_BYTE_ENCODINGS = ['windows-1252', 'cp850', 'macintosh']
const FRENCH_LETTERS = /[éèêëàâçôöîïùûüœÉÈÊÀÇÔÎ°’«»€]/gu
const ODD_SIGNS = /[^\p{ASCII}éèêëàâäáíóúñçôöîïùûüœæÿÉÈÊËÀÂÇÔÖÎÏÙÛÜŒÆ°²³’‘“”«»€–—…•·©®§ªº½\u00a0]/gu

export async function encodingOf(bytes: Bytes): Promise<string> {
  const mark = markOf(bytes.head)
  if (mark) return mark
  if (await isUtf8(bytes)) return 'utf-8'
  const guess = chardet.detect(bytes.head) ?? ''
  if (guess.startsWith('UTF-16') && bytes.head.includes(0)) return guess.toLowerCase()
  const [best = 'windows-1252'] = ONE_BYTE_ENCODINGS.toSorted(
    (a, b) =>
      frenchness(iconv.decode(highSample(bytes), b)) -
      frenchness(iconv.decode(highSample(bytes), a)),
  )
  return best
}

function markOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Reads the whole file: one stray byte at the end would spoil a name. */
async function isUtf8(bytes: Bytes): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytes.stream()) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return !bytes.head.includes(0)
  } catch {
    return false
  }
}

function highSample(bytes: Bytes): Buffer {
  return Buffer.from(bytes.head.subarray(0, 64 * 1024))
}

function frenchness(text: string): number {
  return (text.match(FRENCH_LETTERS)?.length ?? 0) - 2 * (text.match(ODD_SIGNS)?.length ?? 0)
}
