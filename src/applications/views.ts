import { type Campaign, campaignById, envelopesOf } from '#campaigns'
import { actorOf, found, type Place, type Role } from '#people'
import {
  actsFor,
  associationReaders,
  associationRoles,
  ownApplication,
  receivedApplication,
} from './access.ts'
import type { WholeFile } from './cerfa/file.ts'
import { wholeFile } from './cerfa/load.ts'
import type { ReadFile } from './facts.tsx'
import { heldBy } from './read-store.ts'
import type { Application } from './rules.ts'

/** An elected member reads a file without the way to its account. */
const bankReaders: readonly Role[] = [...associationRoles, 'municipality.agent']

export type Opened = { application: Application; campaign: Campaign; isOwn: boolean }

/** The file for whoever may read it: its association always, the commune's agents once deposited. */
export async function openFile(place: Place, id: string): Promise<Opened> {
  const isAgent = actorOf(place).memberships.some(({ role }) => role === 'municipality.agent')
  const application = isAgent
    ? await receivedApplication(place, id)
    : await ownApplication(place, id, associationReaders)
  const campaign = await campaignOf(place, application)
  return {
    application,
    campaign,
    isOwn: actsFor(place, application.association.id, associationRoles),
  }
}

/** A draft of one's own, to fill in; a deposited file has no form any more. */
export async function openDraft(
  place: Place,
  id: string,
): Promise<Opened & { application: WholeFile }> {
  const known = await ownApplication(place, id)
  found(known.deposit ? undefined : known)
  const application = await wholeFile(place.tx, known)
  return { application, campaign: await campaignOf(place, application), isOwn: true }
}

export async function readFileOf(
  place: Place,
  { application, campaign }: Pick<Opened, 'application' | 'campaign'>,
): Promise<ReadFile> {
  const { tx, say, language, path } = place
  const envelopes = await envelopesOf(tx, campaign)
  return {
    say,
    language,
    path: filePathOf(path, application.id),
    application,
    envelopeName: envelopes.find(({ id }) => id === application.envelopeId)?.name,
    ...(await heldBy(tx, application)),
    opensBankAccount: actorOf(place).memberships.some(({ role }) => bankReaders.includes(role)),
    hasAntivirus: place.antivirus !== undefined,
    warnsUnscanned:
      !place.antivirus && !actsFor(place, application.association.id, associationRoles),
    showsContacts: showsContacts(place, application),
  }
}

/** Telephones and mailboxes of volunteers: for their own association and for the agents who write to them. */
function showsContacts(place: Place, { association }: Application): boolean {
  const isAgent = actorOf(place).memberships.some(({ role }) => role === 'municipality.agent')
  return isAgent || actsFor(place, association.id, associationRoles)
}

export function filePathOf(path: string, id: string): string {
  return `${path}/applications/${id}`
}

async function campaignOf(place: Place, { campaignId }: Application): Promise<Campaign> {
  return found(await campaignById(place.tx, place.territory.id, campaignId))
}
