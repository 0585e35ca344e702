import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'
import { base32, codeOfStep, newRecoveryCodes, recoveryCodeIn, stepAt, stepOfCode } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %i the application on the phone shows %s', (second, code) => {
  expect(codeOfStep(secret, stepAt(new Date(second * 1000)))).toBe(code)
})

test('the key in text is the one that the RFC gives', () => {
  expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})

test('a code is good half a minute before and after, once, and no longer', () => {
  const now = new Date('2027-03-01T10:00:00Z')
  const step = stepAt(now)
  const taken = (at: number, lastStep = 0) =>
    stepOfCode(secret, codeOfStep(secret, at), { now, lastStep })
  expect([taken(step - 1), taken(step), taken(step + 1)]).toEqual([step - 1, step, step + 1])
  expect([taken(step - 2), taken(step + 2), taken(step, step)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('spaces in a code do not matter, letters do', () => {
  const now = new Date('2027-03-01T10:00:00Z')
  const code = codeOfStep(secret, stepAt(now))
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
  expect(stepOfCode(secret, spaced, { now, lastStep: 0 })).toBe(stepAt(now))
  for (const wrong of ['', '12345', 'abcdef', '１２３４５６', `${code}0`])
    expect(stepOfCode(secret, wrong, { now, lastStep: 0 })).toBeUndefined()
})

test('ten recovery codes, all different, read from paper in small letters too', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
    expect(recoveryCodeIn(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code)
  }
  expect(recoveryCodeIn('123456')).toBeUndefined()
})

test('what is sealed opens with its own secret and purpose alone', () => {
  const sealed = seal('a secret of thirty-two signs or more', 'second factor', 'the key')
  expect(sealed).not.toContain('the key')
  expect(unseal('a secret of thirty-two signs or more', 'second factor', sealed)).toBe('the key')
  expect(() => unseal('another secret of thirty-two signs', 'second factor', sealed)).toThrow()
  expect(() => unseal('a secret of thirty-two signs or more', 'other', sealed)).toThrow()
})
