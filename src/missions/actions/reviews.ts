import { note } from '#journal'
import type { Refused } from '#kit'
import { actorOf, deed, found, Missing, type Place } from '#people'
import { ownSide } from '../access.ts'
import { type Answered, goals, type ReviewSide, reviewRefusals, type Side } from '../rules/index.ts'
import { insertReview, reviewsOf } from '../store/index.ts'

/** Three questions, one minute, once: to the one who helped and to the association. */
export async function reviewMission(
  place: Place,
  missionId: string,
  answered: Answered,
): Promise<{ id: string } | Refused> {
  const { mission, side: of } = await ownSide(place, missionId)
  const side = reviewSide(of)
  const asked = { ...answered, words: answered.words.trim() }
  const isSaid = (await reviewsOf(place.tx, mission)).some((one) => one.side === side)
  const refusals = reviewRefusals(mission, asked, { today: place.today, isSaid })
  if (refusals.length > 0) return { refusals }
  const review = {
    side,
    goal: found(goals.find((goal) => goal === asked.goal)),
    wouldAgain: asked.wouldAgain === 'yes',
    words: asked.words,
  }
  const by = { personId: actorOf(place).personId, at: place.now }
  await insertReview(place.tx, mission, review, by)
  // Which side and that it spoke; never what it said.
  const details = { side }
  await note(place.tx, {
    ...deed(place),
    action: 'mission.reviewed',
    subjectId: mission.id,
    details,
  })
  return { id: mission.id }
}

/** To the employer, the questions do not exist. */
export function reviewSide(side: Side | undefined): ReviewSide {
  if (side !== 'employee' && side !== 'association') throw new Missing()
  return side
}
