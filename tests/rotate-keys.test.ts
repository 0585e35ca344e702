import { afterAll, beforeAll, expect, test } from 'vitest'
import { runRotateKeys } from '../src/web/rotate-keys-command.ts'
import { testConfig } from './house.ts'
import { type World, world } from './world.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world()
})
afterAll(() => valmont.house.close())

test('the command names each commune, and refuses one that does not exist', async () => {
  const said: string[] = []
  const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) }
  const opened = async () => ({ db: valmont.house.db, close: async () => {} })
  const before = { ...process.env }
  Object.assign(process.env, { METIS_SECRET: testConfig.secret })
  try {
    expect(await runRotateKeys(['--territory', 'valmont'], io, opened)).toBe(0)
    expect(said[0]).toMatch(/^valmont: key \d+, \d+ rows sealed again\.$/)
    await expect(runRotateKeys(['--territory', 'nowhere'], io, opened)).rejects.toThrow(
      'There is no commune "nowhere".',
    )
  } finally {
    process.env = before
  }
})
