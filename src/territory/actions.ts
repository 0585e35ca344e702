import { note } from '#journal'
import { type Cents, newId, type Refusal, type Refused, refusal } from '#kit'
import { deed, found, type Place } from '#people'
import type { GrantMapping } from './grants/index.ts'
import { type Imported, importGrants, openTable } from './import.ts'
import {
  associationsIn,
  deleteFile,
  fileById,
  importedAmong,
  insertFile,
  matchName,
  upsertBaseline,
} from './store.ts'

type Done = { id: string }

/** Keeps the file until a person has said what its columns mean. */
export async function putInFile(
  place: Place,
  { fileName, bytes }: { fileName: string; bytes: Uint8Array },
): Promise<Done | Refused> {
  const table = await openTable({ fileName, bytes })
  if ('refusals' in table) return table
  const id = newId()
  await insertFile(place.tx, { ...deed(place), id, fileName, content: bytes })
  return { id }
}

export async function acceptFile(
  place: Place,
  fileId: string,
  mapping: GrantMapping,
): Promise<Imported | Refused> {
  const { tx, territory, today } = place
  const { fileName, content } = found(await fileById(tx, territory.id, fileId))
  const scope = { tx, ...deed(place), today }
  const source = { fileName, bytes: content }
  const outcome = await importGrants(scope, source, { mapping, id: fileId })
  if ('refusals' in outcome) return outcome
  await deleteFile(tx, territory.id, fileId)
  return outcome
}

/** A person says which association a name of a file means. */
export async function matchBeneficiaries(
  place: Place,
  matches: { beneficiaryName: string; organisationId: string }[],
): Promise<{ count: number }> {
  const { tx, territory } = place
  const known = await associationsIn(tx, territory.id)
  for (const match of matches) {
    found(known.find(({ id }) => id === match.organisationId))
    await matchName(tx, territory.id, match)
  }
  const details = { count: matches.length }
  if (matches.length > 0) await note(tx, { ...deed(place), action: 'baselines.matched', details })
  return details
}

/** What each association received, typed by hand where no file says it; typed again, it is corrected. */
export async function saveBaselines(
  place: Place,
  { year, lines }: { year: number; lines: { organisationId: string; amountCents: Cents }[] },
): Promise<{ count: number } | Refused> {
  const { tx, territory, today } = place
  const known = new Map((await associationsIn(tx, territory.id)).map((one) => [one.id, one]))
  const imported = await importedAmong(tx, territory.id, year)
  const refusals: Refusal[] = []
  if (year < 1990 || year > Number(today.slice(0, 4)) + 1)
    refusals.push(refusal('territory:refused.year', { field: 'year' }))
  for (const { organisationId, amountCents } of lines) {
    const field = `amount-${organisationId}`
    const { name } = found(known.get(organisationId))
    if (amountCents < 0n) refusals.push(refusal('territory:refused.amount', { field, name }))
    if (imported.has(organisationId))
      refusals.push(refusal('territory:refused.fromFile', { field, name }))
  }
  if (refusals.length > 0) return { refusals }
  for (const { organisationId, amountCents } of lines) {
    const { name } = found(known.get(organisationId))
    await upsertBaseline(
      tx,
      territory.id,
      typedBaseline({ year, organisationId, amountCents, name }),
    )
  }
  const details = { year, count: lines.length }
  await note(tx, { ...deed(place), action: 'baselines.typed', details })
  return { count: lines.length }
}

type TypedLine = { year: number; organisationId: string; amountCents: Cents; name: string }

function typedBaseline({ year, organisationId, amountCents, name }: TypedLine) {
  return {
    id: newId(),
    lineKey: `typed:${year}:${organisationId}`,
    year,
    organisationId,
    amountCents,
    beneficiaryName: name,
    beneficiarySiret: undefined,
    beneficiaryRna: undefined,
    isNaturalPerson: false,
    purpose: '',
    nature: 'cash' as const,
    requestedCents: undefined,
  }
}
