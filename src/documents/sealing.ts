import { dayOf, formatDay } from '#kit'
import { allTerritories, found } from '#people'
import { type Db, inTerritory, type Seal, sha256, type Tx, takeTurn } from '#platform'
import { insertLayer, type Layer, layersOf, signedWithoutSeal } from './layers-store.ts'
import { type DocumentKind, METIS, type Party, wholeWith } from './rules.ts'
import { type DocumentRow, documentById, type Signature, signaturesOf } from './store.ts'

type Sealing = { tx: Tx; territoryId: string; seal: Seal; now: Date }

/**
 * Once every party has signed, the platform's seal is appended. It is made once and kept, since the
 * evidence states its digest, and since another certificate may seal tomorrow.
 */
export async function sealWhenWhole(sealing: Sealing, document: DocumentRow): Promise<void> {
  const { tx, territoryId, seal, now } = sealing
  const signatures = await signaturesOf(tx, territoryId, document.id)
  if (!isWhole(document.kind, signatures)) return
  const layers = await layersOf(tx, territoryId, document.id)
  if (layers.some(({ madeBy }) => madeBy === METIS)) return
  const file = fileOf(document, layers)
  const sealed = await seal.on(file, { reason: reasonFor(signatures), at: now })
  await addLayer(tx, {
    territoryId,
    documentId: document.id,
    rank: layers.length + 1,
    madeBy: METIS,
    bytes: sealed.subarray(file.length),
    sha256: sha256(sealed),
    certificateSha256: sha256(seal.certificate.raw),
    madeAt: now,
  })
}

export async function addLayer(tx: Tx, layer: Layer): Promise<void> {
  await insertLayer(tx, { ...layer, bytes: Uint8Array.from(layer.bytes) })
}

export function isWhole(kind: DocumentKind, signatures: { party: Party }[]): boolean {
  const parties = wholeWith[kind]
  return parties?.every((party) => signatures.some((one) => one.party === party)) === true
}

/** The document as sealed and, after it, every layer: the file that is handed out. */
export function fileOf(document: Pick<DocumentRow, 'pdf'>, layers: Layer[]): Buffer {
  return Buffer.concat([document.pdf, ...layers.map(({ bytes }) => bytes)])
}

/** The document with what was appended to it since: signatures of a provider, the seal of METIS. */
export async function completedFile(
  tx: Tx,
  territoryId: string,
  documentId: string,
): Promise<DocumentRow & { isSealed: boolean }> {
  const document = found(await documentById(tx, territoryId, documentId))
  const layers = await layersOf(tx, territoryId, documentId)
  const isSealed = layers.some(({ madeBy }) => madeBy === METIS)
  return { ...document, pdf: fileOf(document, layers), isSealed }
}

const partyNames: Record<Party, string> = {
  municipality: 'commune',
  company: 'entreprise',
  association: 'association',
  employee: 'salarié',
}

/** What a reader of PDF shows beside the seal; in French, as the papers themselves. */
function reasonFor(signatures: Signature[]): string {
  const each = signatures.map(
    ({ signatoryName, party, signedAt }) =>
      `${signatoryName}, ${partyNames[party]}, le ${formatDay(dayOf(signedAt))}`,
  )
  return `Signé dans METIS par ${each.join(' ; ')}`
}

/** Seals what all had signed before seals were made, or when one could not be. For the job. */
export async function sealWhatIsWhole(db: Db, seal: Seal, now: Date): Promise<number> {
  const kinds = new Map(Object.entries(wholeWith).map(([kind, of]) => [kind, of.length]))
  let count = 0
  for (const { id: territoryId } of await allTerritories(db)) {
    const behind = await inTerritory(db, { territoryId, readOnly: true }, (tx) =>
      signedWithoutSeal(tx, territoryId, kinds),
    )
    for (const documentId of behind) {
      await inTerritory(db, { territoryId }, async (tx) => {
        await takeTurn(tx, territoryId)
        const document = found(await documentById(tx, territoryId, documentId))
        await sealWhenWhole({ tx, territoryId, seal, now }, document)
      })
      count += 1
    }
  }
  return count
}
