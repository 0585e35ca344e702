import { note } from '#journal'
import { tellPerson } from '#notices'
import { allTerritories, type Territory } from '#people'
import { type Antivirus, antivirusAt, type Config, type Db, inTerritory, vaultOf } from '#platform'
import { readPiece } from './pieces-read.ts'
import { insertScan, waitingPieces } from './scans-store.ts'
import { filePathOf } from './views.ts'

type House = { db: Db; config: Config }
type Asked = { house: House; territory: Territory; antivirus: Antivirus; now: Date }

/** How many pieces of a commune are looked at before its neighbours have their turn. */
const AT_ONCE = 50

/**
 * Shows the antivirus what it could not see when it came. Stops at the first silence: a service that
 * is down is asked again a minute later. Answers how many it has seen.
 */
export async function scanWaitingPieces(house: House, now: Date): Promise<number> {
  if (!house.config.clamd) return 0
  const antivirus = antivirusAt(house.config.clamd)
  let count = 0
  for (const territory of await allTerritories(house.db)) {
    const pieces = await inTerritory(house.db, { territoryId: territory.id }, (tx) =>
      waitingPieces(tx, territory.id, AT_ONCE),
    )
    for (const piece of pieces) {
      if (!(await scanOne({ house, territory, antivirus, now }, piece))) return count
      count += 1
    }
  }
  return count
}

type Waiting = Awaited<ReturnType<typeof waitingPieces>>[number]

/** The bytes are read in one transaction and the answer kept in another: nobody waits meanwhile. */
async function scanOne(asked: Asked, piece: Waiting): Promise<boolean> {
  const { house, territory, antivirus } = asked
  const scope = { territoryId: territory.id }
  const read = await inTerritory(house.db, { ...scope, readOnly: true }, (tx) =>
    readPiece({ tx, vault: vaultOf(house.config), territory }, piece.applicationId, piece.id),
  )
  // Taken away since the list was made, or seen by another worker.
  if (!read || !('content' in read)) return true
  const answer = await antivirus(read.content)
  if (answer.outcome === 'unknown') return false
  await keepAnswer(asked, piece, answer.outcome === 'infected' ? answer.virus : '')
  return true
}

async function keepAnswer({ house, territory, now }: Asked, piece: Waiting, virus: string) {
  const { id: territoryId } = territory
  await inTerritory(house.db, { territoryId }, async (tx) => {
    const outcome = virus ? 'infected' : 'clean'
    const isNews = await insertScan(tx, { territoryId, id: piece.id }, { outcome, virus, at: now })
    if (!isNews || !virus) return
    await note(tx, {
      territoryId,
      at: now,
      personId: undefined,
      action: 'piece.infected',
      subjectId: piece.applicationId,
      details: { pieceId: piece.id, virus },
    })
    if (!piece.email) return
    const path = filePathOf(`${house.config.url}/${territory.slug}`, piece.applicationId)
    const values = { name: piece.name ?? '', file: piece.fileName, virus, link: path }
    const addressee = { email: piece.email, language: piece.language }
    await tellPerson({ tx, territory }, addressee, 'pieces:mail.virus', values)
  })
}
