import { type Campaign, criteriaOf } from '#campaigns'
import { addDays } from '#kit'
import { askOutside, giveMarks, writeNote, writeToAssociation, writeToCommune } from '#review'
import type { PersonKey } from './cast.ts'
import type { Stage } from './demo.ts'
import { done } from './season.ts'

/**
 * One file of the demo is already talked about: two reviewers far apart, a private note, a message and its
 * answer, and an opinion asked outside, whose link waits in the demo's mailbox.
 */
export async function talkAbout(
  stage: Stage,
  campaign: Campaign,
  file: { id: string; person: PersonKey },
): Promise<void> {
  const { id } = file
  await mark(stage, campaign, { id, person: 'claire', marks: [4, 3], comment: 'Besoin réel' })
  await mark(stage, campaign, { id, person: 'paul', marks: [1, 3], comment: 'À comparer' })
  const words = 'Demander au Département s’il finance la même action.'
  done(await stage.as('claire', (place) => writeNote(place, id, { words })))
  const question = 'Bonjour, combien de bénévoles seront présents chaque semaine ?'
  const answer = 'Bonjour, une douzaine, dont quatre nouveaux.'
  const asked = { words: question, onceKey: '' }
  done(await stage.as('claire', (place) => writeToAssociation(place, id, asked)))
  const answered = { words: answer, onceKey: '' }
  done(await stage.as(file.person, (place) => writeToCommune(place, id, answered)))
  await stage.as('claire', async (place) =>
    done(
      await askOutside(place, id, {
        recipient: 'action.sociale@departement.example',
        recipientName: 'Odile Renard',
        capacity: 'Département, service de l’action sociale',
        question: 'Cette action complète-t-elle la vôtre, ou la double-t-elle ?',
        answerBy: addDays(stage.today, 21),
        showsProject: true,
        showsNeeds: true,
        showsAmounts: false,
      }),
    ),
  )
}

async function mark(
  stage: Stage,
  campaign: Campaign,
  given: { id: string; person: PersonKey; marks: number[]; comment: string },
): Promise<void> {
  await stage.as(given.person, async (place) => {
    const criteria = await criteriaOf(place.tx, campaign)
    const pairs = criteria.map(({ id }, rank) => [id, given.marks[rank] ?? 3] as const)
    const marks = Object.fromEntries(pairs)
    done(await giveMarks(place, given.id, { marks, comment: given.comment }))
  })
}
