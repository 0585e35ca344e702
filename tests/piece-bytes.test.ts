import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zip } from '#platform'
import { inspect } from '../src/applications/piece-bytes.ts'
import { refusalsForPiece } from '../src/applications/pieces.ts'

const pdf = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9])
const webp = Buffer.from('RIFF\u0010\0\0\0WEBPVP8L\u0004\0\0\0/\0\0\0', 'latin1')

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const ODT = 'application/vnd.oasis.opendocument.text'
const ODS = 'application/vnd.oasis.opendocument.spreadsheet'

async function archive(parts: Record<string, string>): Promise<Buffer> {
  const entries = Object.entries(parts).map(([name, content]) => ({ name, content }))
  const chunks: Uint8Array[] = []
  for await (const chunk of zip(entries)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const word = (more: Record<string, string> = {}) =>
  archive({
    '[Content_Types].xml': `<Override ContentType="${WORD}.main+xml"/>`,
    'word/document.xml': '<w:document/>',
    ...more,
  })
const sheet = () =>
  archive({ '[Content_Types].xml': `<Override ContentType="${SHEET}.main+xml"/>` })
const open = (mimetype: string, more: Record<string, string> = {}) =>
  archive({ mimetype, 'content.xml': '<office:text/>', ...more })

/** A directory that announces these sizes; its one part holds next to nothing. */
function announcing(sizes: { packed: number; inflated: number; count?: number }): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50)
  const line = Buffer.alloc(46)
  line.writeUInt32LE(0x02014b50)
  line.writeUInt32LE(sizes.packed, 20)
  line.writeUInt32LE(sizes.inflated, 24)
  const lines = Buffer.concat(Array.from({ length: sizes.count ?? 1 }, () => line))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(sizes.count ?? 1, 10)
  end.writeUInt32LE(lines.length, 12)
  end.writeUInt32LE(head.length, 16)
  return Buffer.concat([head, lines, end])
}

test.each([
  ['a PDF', pdf, 'application/pdf'],
  ['a PNG image', png, 'image/png'],
  ['a JPEG image', jpeg, 'image/jpeg'],
  ['a WebP image', webp, 'image/webp'],
  ['a Word document', await word(), WORD],
  ['an Excel workbook', await sheet(), SHEET],
  ['a LibreOffice text', await open(ODT), ODT],
  ['a LibreOffice sheet', await open(ODS), ODS],
])('%s is known by its bytes', (_, content, mediaType) => {
  expect(inspect(content)).toEqual({ mediaType, remark: null })
})

test.each([
  ['a program named .pdf', Buffer.from('MZ…'), 'type'],
  ['a web page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'type'],
  ['an archive of anything', await archive({ 'virus.exe': 'MZ' }), 'type'],
  ['an archive that only names a workbook', await archive({ 'a/xl/workbook.xml': '' }), 'type'],
  ['a presentation', await open('application/vnd.oasis.opendocument.presentation'), 'type'],
  ['a GIF that is also an archive', Buffer.concat([Buffer.from('GIF89a'), await word()]), 'type'],
  [
    'a PDF that is also an archive',
    Buffer.concat([pdf, await archive({ 'a.class': 'x' })]),
    'twoFiles',
  ],
  [
    'an image that is also an archive',
    Buffer.concat([png, await archive({ 'a.jar': 'x' })]),
    'twoFiles',
  ],
  ['a PDF that ends as a web page', Buffer.concat([pdf, Buffer.from('<HTML><body>')]), 'twoFiles'],
  [
    'a PDF that begins as a web page',
    Buffer.from(`%PDF-1.4\n<script>1</script>\n${pdf}`),
    'twoFiles',
  ],
  [
    'an image that ends as a web page',
    Buffer.concat([jpeg, Buffer.from('<svg onload=x>')]),
    'twoFiles',
  ],
  ['a Word document with macros', await word({ 'word/vbaProject.bin': 'x' }), 'macros'],
  ['an Excel 4 macro sheet', await word({ 'xl/macrosheets/sheet1.xml': 'x' }), 'macros'],
  [
    'a LibreOffice text with macros',
    await open(ODT, { 'Basic/Standard/Module1.xml': 'x' }),
    'macros',
  ],
  ['a Word document cut in the middle', (await word()).subarray(0, 120), 'damaged'],
  [
    'an archive of ten gigabytes in a few bytes',
    announcing({ packed: 30, inflated: 4_000_000_000 }),
    'bomb',
  ],
  ['an archive of a million parts', announcing({ packed: 1, inflated: 1, count: 6_000 }), 'bomb'],
  ['parts that share their bytes', announcing({ packed: 9_000, inflated: 9_000 }), 'bomb'],
])('%s is refused', (_, content, fault) => {
  expect(inspect(content)).toEqual({ fault })
  const [refusal] = refusalsForPiece({ kind: 'other', content }, inspect(content))
  expect(refusal).toMatchObject({ code: `pieces:fault.${fault}`, field: 'file' })
})

test('an archive that lies about a part is stopped while that part is read', async () => {
  const liar = await archive({ '[Content_Types].xml': ' '.repeat(3 * 1024 * 1024) })
  expect(inspect(liar)).toEqual({ fault: 'type' })
})

test('forty-two megabytes of nothing in forty kilobytes are refused by what their directory says', () => {
  const packed = deflateRawSync(Buffer.alloc(42 * 1024 * 1024))
  expect(packed.length).toBeLessThan(50_000)
  const bomb = Buffer.concat([
    Buffer.from('PK\u0003\u0004', 'latin1'),
    packed,
    announcing({ packed: packed.length, inflated: 42 * 1024 * 1024 }),
  ])
  expect(inspect(bomb)).toEqual({ fault: 'bomb' })
})

test('what a camera or a scanner leaves behind its file is no second file', () => {
  const samsung = Buffer.concat([jpeg, Buffer.from('SEFHe\0\0\0SEFT')])
  expect(inspect(samsung)).toEqual({ mediaType: 'image/jpeg', remark: null })
})

test('a file with a password, or whose end is missing, is taken with a word about it', () => {
  const locked = Buffer.from('%PDF-1.7\ntrailer << /Encrypt 12 0 R >>\n%%EOF')
  expect(inspect(locked)).toEqual({ mediaType: 'application/pdf', remark: 'password' })
  const open_ = Buffer.from('%PDF-1.7\n<< /EncryptMetadata false >>\n%%EOF')
  expect(inspect(open_)).toEqual({ mediaType: 'application/pdf', remark: null })
  expect(inspect(png.subarray(0, 40))).toEqual({ mediaType: 'image/png', remark: 'cut' })
  expect(inspect(Buffer.from('%PDF-1.7 …'))).toEqual({
    mediaType: 'application/pdf',
    remark: 'cut',
  })
})

test('word and Excel before 2007 are taken, not their macros, nor an installer in the same clothes', () => {
  const old = (folder: string) =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.from(folder, 'utf16le'),
    ])
  const mediaType = 'application/x-ole-storage'
  expect(inspect(old('WordDocument'))).toEqual({ mediaType, remark: null })
  expect(inspect(old('EncryptedPackage'))).toEqual({ mediaType, remark: 'password' })
  expect(inspect(old('Workbook _VBA_PROJECT_CUR'))).toEqual({ fault: 'macros' })
  expect(inspect(old('_InstallerDatabase'))).toEqual({ fault: 'type' })
})

test.each([
  ['nothing at all', 0, 'applications:refused.pieceEmpty'],
  ['eleven megabytes', 11 * 1024 * 1024, 'applications:refused.pieceTooBig'],
])('%s is refused in words', (_, length, code) => {
  const content = Buffer.alloc(length)
  expect(refusalsForPiece({ kind: 'other', content }, inspect(content))[0]?.code).toBe(code)
})
