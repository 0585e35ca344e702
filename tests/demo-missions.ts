import type { Campaign } from '#campaigns'
import { addDays, cents, type Day, minutes } from '#kit'
import {
  acceptCandidacy,
  answerEntries,
  answerSharing,
  applyToMission,
  approveAbsence,
  approveEntries,
  enterHours,
  lockedEntries,
  type Mission,
  missionsOf,
  prepareMissionAgreement,
  proposeSharing,
  publishMissions,
  reportIncident,
  sayIncidentStep,
  sendConfirmationLink,
  signMissionAgreement,
  warningKinds,
} from '#missions'
import { declareValuation, issueReceipt } from '#receipts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { Stage } from './demo.ts'
import { terms } from './missions.ts'
import { done } from './season.ts'

type Playing = {
  of: OrganisationKey
  employee: PersonKey
  company: PersonKey
  association: PersonKey
  qualification: string
  hourlyCents: bigint
}

/**
 * One mission goes to its receipt, one waits for the association's word after a small incident, two look
 * for the same person, the others look for someone.
 */
export async function playMissions(stage: Stage, campaign: Campaign): Promise<void> {
  done(await stage.as('claire', (place) => publishMissions(place, campaign)))
  const missions = await stage.as('claire', ({ tx }) => missionsOf(tx, campaign))
  const of = (key: OrganisationKey, company: OrganisationKey) =>
    missions.find(
      (mission) =>
        mission.associationId === stage.cast.organisations[key] &&
        mission.companyId === stage.cast.organisations[company],
    )
  const accounts = of('foodBank', 'accountants')
  const site = of('canoe', 'studio')
  const amina: Playing = {
    of: 'foodBank',
    employee: 'ines',
    company: 'hugo',
    association: 'amina',
    qualification: 'Comptable',
    hourlyCents: 38_50n,
  }
  const eva: Playing = {
    of: 'canoe',
    employee: 'tom',
    company: 'sarah',
    association: 'eva',
    qualification: 'Développeur web',
    hourlyCents: 42_00n,
  }
  if (accounts) await agree(stage, campaign, accounts, amina)
  if (site) await agree(stage, campaign, site, eva)
  if (accounts) {
    await work(stage, accounts, amina, { from: addDays(campaign.startsOn, 7), days: 4, step: 14 })
    await receipt(stage, accounts, amina)
  }
  const [lead, other] = [of('homework', 'studio'), of('gardens', 'studio')]
  if (lead && other) await share(stage, lead, other)
  if (site) {
    stage.goTo(addDays(stage.today, -6))
    for (const back of [20, 13, 6])
      done(
        await stage.as('tom', (place) =>
          enterHours(place, site.id, {
            day: addDays(stage.today, -back),
            workedMinutes: minutes(210),
            isAtNight: false,
            note: 'Maquette et inscriptions',
            acknowledged: [...warningKinds],
          }),
        ),
      )
    await breakAndMend(stage, site)
    done(await stage.as('tom', (place) => sendConfirmationLink(place, site.id)))
  }
}

/** Two associations ask the same company for the same skill: one person offers to help both. */
async function share(stage: Stage, lead: Mission, other: Mission): Promise<void> {
  const isWanted = (id: string) => id === other.id
  done(await stage.as('karim', (place) => proposeSharing(place, lead.id, { isWanted })))
  done(await stage.as('rose', (place) => answerSharing(place, other.id, { isYes: true })))
  const offer = { qualification: 'Développeur web' }
  done(await stage.as('tom', (place) => applyToMission(place, lead.id, offer)))
}

/** A screen falls; the association says so, and how it ended. */
async function breakAndMend(stage: Stage, { id: missionId }: Mission): Promise<void> {
  const { id: incidentId } = done(
    await stage.as('eva', (place) =>
      reportIncident(place, missionId, {
        kind: 'damage',
        happenedAt: place.now,
        words: 'Un écran du club est tombé pendant la démonstration.',
      }),
    ),
  )
  done(
    await stage.as('eva', (place) =>
      sayIncidentStep(place, missionId, {
        incidentId,
        step: 'closed',
        doneAt: place.now,
        words: 'L’assurance du club a remplacé l’écran.',
      }),
    ),
  )
}

async function agree(
  stage: Stage,
  campaign: Campaign,
  { id }: Mission,
  who: Playing,
): Promise<void> {
  const employeeId = stage.cast.people[who.employee].id
  done(
    await stage.as(who.employee, (place) =>
      applyToMission(place, id, { qualification: who.qualification }),
    ),
  )
  done(await stage.as(who.association, (place) => acceptCandidacy(place, id, { employeeId })))
  done(await stage.as(who.company, (place) => approveAbsence(place, id)))
  const { startsOn, endsOn } = campaign
  done(
    await stage.as(who.company, (place) =>
      prepareMissionAgreement(place, id, { ...terms, startsOn, endsOn }),
    ),
  )
  for (const person of [who.employee, who.association, who.company])
    done(
      await stage.as(person, (place) =>
        signMissionAgreement(place, id, {
          capacity: person === who.company ? 'Gérant' : 'Responsable',
        }),
      ),
    )
}

async function work(
  stage: Stage,
  mission: Mission,
  who: Playing,
  { from, days, step }: { from: Day; days: number; step: number },
): Promise<void> {
  for (let rank = 0; rank < days; rank++) {
    const worked = addDays(from, rank * step)
    stage.goTo(addDays(worked, 1))
    const entry = {
      day: worked,
      workedMinutes: minutes(420),
      isAtNight: false,
      note: 'Plan de comptes et budget',
      acknowledged: [...warningKinds],
    }
    const { id } = done(
      await stage.as(who.employee, (place) => enterHours(place, mission.id, entry)),
    )
    done(
      await stage.as(who.association, (place) =>
        answerEntries(place, mission.id, { outcome: 'confirmed', entryIds: [id] }),
      ),
    )
    done(
      await stage.as(who.company, (place) => approveEntries(place, mission.id, { entryIds: [id] })),
    )
  }
}

async function receipt(stage: Stage, mission: Mission, who: Playing): Promise<void> {
  const locked = await stage.as(who.company, ({ tx, territory }) =>
    lockedEntries(tx, territory.id, mission.id),
  )
  if (locked.length === 0) return
  done(
    await stage.as(who.company, (place) =>
      declareValuation(place, mission.id, {
        hourlyCostCents: cents(who.hourlyCents),
        legalForm: 'SARL',
      }),
    ),
  )
  done(
    await stage.as(who.association, (place) =>
      issueReceipt(place, mission.id, {
        capacity: 'Présidente',
        category: 'association1901',
        categoryLabel: '',
      }),
    ),
  )
}
