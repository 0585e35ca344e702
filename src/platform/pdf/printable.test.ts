import { expect, test } from 'vitest'
import { printableJson, withoutUndrawn } from './printable.ts'

test('signs that nobody sees, or that turn a name around, are left out', () => {
  expect(printableJson({ name: 'a\u0000b\u202ec\u2066d\ufeffe\tf\ng' })).toBe(
    '{"name":"abcde\\tf\\ng"}',
  )
})

test('half a sign becomes a replacement mark instead of breaking the document', () => {
  expect(printableJson('x\ud800y')).toBe('"x\ufffdy"')
})

test('a letter that no font draws is replaced, a picture is left out, and nothing else', () => {
  const complaint =
    'the text `"😀"` could not be displayed with font, the text `"中"` could not be displayed'
  expect(withoutUndrawn('{"a":"é 😀 中 文"}', complaint)).toBe('{"a":"é  \ufffd 文"}')
})

test('any other complaint is not about signs', () => {
  expect(withoutUndrawn('{"a":"b"}', 'unknown variable: x')).toBeUndefined()
  expect(withoutUndrawn('{"a":"b"}', 'the text `"😀"` could not be displayed')).toBeUndefined()
})
