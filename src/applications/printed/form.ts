import type { Context } from 'hono'
import type { Campaign } from '#campaigns'
import { applicationFormPdf } from '#documents'
import { found, organisationById, type Place, type PlaceEnv } from '#people'
import { sayIn } from '#platform'
import { contentDigest } from '../cerfa/exchange/export.ts'
import type { ReadFile } from '../facts.tsx'
import { identifierOf } from '../receipt.ts'
import { type Application, askedMinutes, type TaskGroup, taskGroups } from '../rules.ts'
import { readFileOf } from '../views.ts'
import { partOf } from './parts.ts'

type Opened = { application: Application; campaign: Campaign }

/** The whole file on paper, for whoever the caller has let read it; in French as every act of the commune. */
export async function drawForm(place: Place, opened: Opened): Promise<Uint8Array> {
  const say = sayIn('fr')
  const file: ReadFile = { ...(await readFileOf(place, opened)), say, language: 'fr' }
  const { application, campaign } = opened
  const { association, deposit } = application
  const commune = found(await organisationById(place.tx, place.territory.organisationId))
  return applicationFormPdf({
    issuer: { name: place.territory.name, address: commune.address },
    association: { name: association.name, identifier: identifierOf(association) },
    campaign: campaign.title,
    projectTitle: application.projectTitle,
    askedCents: application.askedCents,
    askedMinutes: askedMinutes(application.needs),
    savedAt: application.savedAt,
    deposit: deposit && {
      number: deposit.number,
      depositedAt: deposit.depositedAt,
      sha256: contentDigest({ ...application, cerfa: file.cerfa }),
    },
    withdrawnAt: application.withdrawnAt,
    groups: (Object.keys(taskGroups) as TaskGroup[]).map((group) => ({
      title: say(`cerfa:printed.group.${group}`),
      parts: taskGroups[group].map((task) => partOf(file, task)),
    })),
  })
}

/** Never kept by a cache, since not everyone may see it. */
export async function answerForm(context: Context<PlaceEnv>, opened: Opened): Promise<Response> {
  const pdf = await drawForm(context.get('place'), opened)
  return context.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${formFileName(opened.application)}"`,
    'cache-control': 'private, no-store',
  })
}

export function formFileName({ deposit }: { deposit: { number: string } | undefined }): string {
  return deposit ? `demande-${deposit.number}.pdf` : 'demande-brouillon.pdf'
}
