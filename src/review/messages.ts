import { type Application, ownApplication } from '#applications'
import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { tell, tellPerson } from '#notices'
import { actorOf, deed, type Place, peopleOf } from '#people'
import { once, sha256 } from '#platform'
import { fileToReview } from './actions.ts'
import { assignedAgentOf } from './bulk-store.ts'
import { insertMessage, type Side } from './message-store.ts'
import { isRecused } from './rules.ts'
import { interestsOf } from './store.ts'

type Written = { words: string; onceKey: string }

/** From the commune to the association: it reads it on its page, and in its mailbox. */
export async function writeToAssociation(
  place: Place,
  id: string,
  written: Written,
): Promise<{ id: string } | Refused> {
  const { application } = await fileToReview(place, id)
  return write(place, application, { side: 'commune', ...written })
}

/** From the association to the commune. */
export async function writeToCommune(
  place: Place,
  id: string,
  written: Written,
): Promise<{ id: string } | Refused> {
  const application = await ownApplication(place, id)
  if (!application.deposit) return { refusals: [refusal('review:refused.notDeposited')] }
  return write(place, application, { side: 'association', ...written })
}

async function write(
  place: Place,
  application: Application,
  { side, words, onceKey }: Written & { side: Side },
): Promise<{ id: string } | Refused> {
  if (!words) return { refusals: [refusal('review:refused.noMessage', { field: 'message' })] }
  const { tx, territory } = place
  // The same page sent twice is one message; another one typed on it is another.
  const key = onceKey && `message ${onceKey} ${sha256(words).slice(0, 16)}`
  const payload = { id: application.id, side }
  return once(tx, { territoryId: territory.id, key, payload }, async () => {
    const id = await insertMessage(tx, {
      territoryId: territory.id,
      applicationId: application.id,
      side,
      authorId: actorOf(place).personId,
      words,
      writtenAt: place.now,
    })
    const entry = { ...deed(place), action: 'file.messageSent', subjectId: application.id }
    await note(tx, { ...entry, details: { side, messageId: id } })
    await tellOther(place, application, { side, words })
    return { id }
  })
}

async function tellOther(
  place: Place,
  application: Application,
  { side, words }: { side: Side; words: string },
): Promise<void> {
  const { association, deposit, id } = application
  const values = { number: deposit?.number ?? '', author: actorOf(place).name, words }
  const file = `${place.url}/applications/${id}`
  if (side === 'commune') {
    const to = { organisationId: association.id, role: 'association.representative' } as const
    const link = `${file}/progress#messages`
    return tell(place, to, 'review:mail.message', { ...values, link })
  }
  const link = `${file}/review#messages`
  for (const agent of await agentsToTell(place, application))
    await tellPerson(place, agent, 'review:mail.messageBack', {
      ...values,
      name: agent.name,
      association: association.name,
      link,
    })
}

/** Whoever follows the file, else every agent; never one who is recused from it. */
async function agentsToTell(place: Place, { id, association }: Application) {
  const { tx, territory } = place
  const interests = await interestsOf(tx, territory.id)
  const all = await peopleOf(tx, territory.organisationId, 'municipality.agent')
  const free = all.filter((agent) => !isRecused(interests, agent.id, association.id))
  const followerId = await assignedAgentOf(tx, territory.id, id)
  const follower = free.filter((agent) => agent.id === followerId)
  return follower.length > 0 ? follower : free
}
