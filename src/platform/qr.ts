import { encode } from 'uqr'

// ISO/IEC 18004: four modules of white around.
const QUIET_MODULES = 4

export type QrDrawing = {
  /** Modules on a side, the white around included. */
  size: number
  /** The dark modules as an SVG path, one unit a module. */
  path: string
}

/** A QR code for a screen or for paper, readable with 15 % of it hidden (level M). */
export function qrDrawing(text: string): QrDrawing {
  const { data, size } = encode(text, { border: QUIET_MODULES, ecc: 'M' })
  return { size, path: data.map(rowPath).join('') }
}

/** Neighbours in one stroke: a path of half the length. */
function rowPath(row: boolean[], y: number): string {
  const signs = row.map((isDark) => (isDark ? '1' : '0')).join('')
  return [...signs.matchAll(/1+/g)]
    .map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
    .join('')
}
