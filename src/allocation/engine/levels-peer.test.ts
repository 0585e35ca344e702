import { expect, test } from 'vitest'
import { agreementOn } from '../../../tests/load/peers/agreement.ts'

test('a flow and successive linear programmes find the same even target, to the cent', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { apart, isComplete } = await agreementOn(seed, seed)
    expect(isComplete, `seed ${seed}`).toBe(true)
    expect(apart, `seed ${seed}`).toBeLessThan(1)
  }
})
