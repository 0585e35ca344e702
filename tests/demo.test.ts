import { expect, test } from 'vitest'
import { brokenJournalRow } from '#journal'
import { brokenLedgerRow } from '#ledger'
import { inTerritory } from '#platform'
import { playDemo } from './demo.ts'
import { openHouse } from './house.ts'

// Around the turn of the year, at the end of a long month, and today: the demo never grows old.
const days = ['2026-11-24', '2027-01-31', '2027-06-30']

for (const today of days)
  test(`the demo plays its seasons from the first pledge to a receipt, on ${today}`, async () => {
    const house = await openHouse(undefined, () => new Date(`${today}T12:00:00Z`))
    await playDemo(house)
    const territory = await house.db
      .selectFrom('territories')
      .select('id')
      .where('slug', '=', 'valmont')
      .executeTakeFirstOrThrow()
    await inTerritory(house.db, { territoryId: territory.id, readOnly: true }, async (tx) => {
      expect(await tx.selectFrom('giftReceipts').select('number').execute()).toEqual([
        { number: 1 },
      ])
      expect(await brokenJournalRow(tx, territory.id)).toBeUndefined()
      expect(await brokenLedgerRow(tx, territory.id)).toBeUndefined()
    })
    await house.close()
  })
