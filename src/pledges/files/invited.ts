import { campaignsOf } from '#campaigns'
import { note } from '#journal'
import { dayOf, parseSiret } from '#kit'
import { organisationById, organisationsOf, type Territory } from '#people'
import { type Db, inTerritory, type Tx, takeTurn } from '#platform'
import { aroundOf, draftLine, linesAround } from './actions.ts'
import {
  deleteInvited,
  type InvitedCompany,
  invitedCompanies,
  saveInvited,
} from './invited-store.ts'
import { companyIn, padded } from './judge.ts'
import { allFilesOf, fileById, linesOf } from './store.ts'

export type Unknown = { siret: string; name: string; email: string }

/** The company of a line of the commune's own file, as long as the commune does not know it. */
export async function unknownCompanyOf(
  db: Db,
  { id: territoryId, organisationId }: Pick<Territory, 'id' | 'organisationId'>,
  at: { fileId: string; line: number },
): Promise<Unknown | undefined> {
  return inTerritory(db, { territoryId, readOnly: true }, async (tx) => {
    const file = await fileById(tx, territoryId, at.fileId)
    if (file?.organisationId !== organisationId) return undefined
    const said = (await linesOf(tx, file)).find(({ line }) => line === at.line)?.said
    const siret = parseSiret(padded(said?.siret))
    const companies = await organisationsOf(tx, territoryId, 'company')
    if (!said || !siret || companyIn(said, { companies, own: undefined })) return undefined
    return { siret, name: said.company ?? '', email: said.email ?? '' }
  })
}

/** So that the page of the file says it, and that the lines follow once the company takes part. */
export async function noteInvited(
  db: Db,
  territoryId: string,
  { siret, ...by }: { siret: string; invitedBy: string; invitedAt: Date },
): Promise<void> {
  const siren = siret.slice(0, 9)
  await inTerritory(db, { territoryId }, (tx) => saveInvited(tx, territoryId, { siren, ...by }))
}

export async function forgetInvited(db: Db, territoryId: string, siret: string): Promise<void> {
  await inTerritory(db, { territoryId }, (tx) => deleteInvited(tx, territoryId, siret.slice(0, 9)))
}

/** A company that was invited takes part: its right lines wait for its word, without anybody's click. */
export async function draftInvited(
  db: Db,
  { id: territoryId, organisationId }: Pick<Territory, 'id' | 'organisationId'>,
  { companyId, now }: { companyId: string; now: Date },
): Promise<void> {
  await inTerritory(db, { territoryId }, async (tx) => {
    await takeTurn(tx, territoryId)
    const { siren } = (await organisationById(tx, companyId)) ?? {}
    const invited = siren ? (await invitedCompanies(tx, territoryId)).get(siren) : undefined
    if (!invited) return
    for (const campaign of await campaignsOf(tx, territoryId)) {
      const around = await aroundOf(tx, campaign, dayOf(now))
      const whose = { territoryId, campaignId: campaign.id, organisationId }
      for (const file of await allFilesOf(tx, whose))
        await draftLinesOf(tx, { file, around, companyId, invited, now })
    }
  })
}

type Drafting = {
  file: Parameters<typeof linesAround>[1]
  around: Parameters<typeof linesAround>[2]
  companyId: string
  invited: InvitedCompany
  now: Date
}

async function draftLinesOf(tx: Tx, { file, around, companyId, invited, now }: Drafting) {
  const own = (await linesAround(tx, file, around)).filter(
    ({ state, company }) => state === 'right' && company?.id === companyId,
  )
  const by = { draftedBy: invited.invitedBy, draftedAt: now }
  for (const line of own) await draftLine(tx, file, line, by)
  if (own.length === 0) return
  await note(tx, {
    territoryId: file.territoryId,
    at: now,
    personId: undefined,
    action: 'pledges.fileTaken',
    subjectId: file.id,
    details: { count: own.length, companyId, invitedBy: invited.invitedBy },
  })
}
