import { type Context, Hono } from 'hono'
import { filePathOf } from '#applications'
import { isRefused, parseDay, type Refusal } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { once, sha256, type Typed, typedOf } from '#platform'
import { fileToReview } from './actions.ts'
import { answerRequest, askOutside, openRequest, withdrawRequest } from './outside.ts'
import { AskPage } from './outside-ask-page.tsx'
import { ClosedLinkPage, OpinionPage } from './outside-page.tsx'
import { type AnswerInput, type OutsideInput, verdicts } from './outside-rules.ts'
import { requestsOf } from './outside-store.ts'

/** Opinions of people outside the town hall: asked here by an agent, answered by link. */
export const outsideRoutes = new Hono<PlaceEnv>()

const agents = allow('municipality.agent')
const PATH = '/applications/:id/outside-opinions'

outsideRoutes.get(PATH, agents, (context) => askPage(context, []))

outsideRoutes.post(PATH, agents, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const typed = typedOf(await context.req.formData())
  const input = readRequest(typed)
  const key = typed.once
    ? `outside ${typed.once} ${sha256(JSON.stringify(input)).slice(0, 16)}`
    : ''
  const asked = {
    territoryId: place.territory.id,
    key,
    payload: { id, ...input },
  }
  const outcome = await once(place.tx, asked, () => askOutside(place, id, input))
  if (isRefused(outcome)) return askPage(context, outcome.refusals, typed)
  return context.redirect(`${filePathOf(place.path, id)}/outside-opinions`, 303)
})

outsideRoutes.post(`${PATH}/:requestId/withdrawal`, agents, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const outcome = await withdrawRequest(place, id, context.req.param('requestId'))
  if (isRefused(outcome)) return askPage(context, outcome.refusals)
  return context.redirect(`${filePathOf(place.path, id)}/outside-opinions`, 303)
})

outsideRoutes.get('/opinions/:secret', allow('link'), (context) => opinionPage(context, []))

outsideRoutes.post('/opinions/:secret/answers', allow('link'), async (context) => {
  const place = context.get('place')
  const secret = context.req.param('secret')
  const typed = typedOf(await context.req.formData())
  const outcome = await answerRequest(place, secret, readAnswer(typed))
  if (!outcome) return closedPage(context)
  if (isRefused(outcome)) return opinionPage(context, outcome.refusals, typed)
  return context.redirect(`${place.path}/opinions/${secret}`, 303)
})

function readRequest(typed: Typed): OutsideInput {
  const words = (name: string, most: number) => (typed[name] ?? '').trim().slice(0, most)
  return {
    recipient: words('recipient', 200),
    recipientName: words('recipientName', 200),
    capacity: words('capacity', 200),
    question: words('question', 2000),
    answerBy: parseDay(typed.answerBy ?? ''),
    showsProject: typed.showsProject === 'yes',
    showsNeeds: typed.showsNeeds === 'yes',
    showsAmounts: typed.showsAmounts === 'yes',
  }
}

function readAnswer(typed: Typed): AnswerInput {
  return {
    verdict: verdicts.find((known) => known === typed.verdict),
    words: (typed.words ?? '').trim().slice(0, 4000),
    hasInterest: typed.hasInterest === 'yes',
  }
}

async function askPage(context: Context<PlaceEnv>, refusals: Refusal[], typed?: Typed) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const { application } = await fileToReview(place, id)
  const key = { territoryId: place.territory.id, applicationId: id }
  return context.html(
    <AskPage
      place={place}
      application={application}
      requests={await requestsOf(place.tx, key)}
      filled={{
        say: place.say,
        typed: typed ?? { showsProject: 'yes', showsNeeds: 'yes' },
        refusals,
      }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function opinionPage(context: Context<PlaceEnv>, refusals: Refusal[], typed?: Typed) {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const opened = await openRequest(place, secret)
  if (!opened) return closedPage(context)
  const { answer } = opened.request
  const known: Typed = answer ? { verdict: answer.verdict ?? '', words: answer.words } : {}
  context.header('cache-control', 'private, no-store')
  return context.html(
    <OpinionPage
      place={place}
      opened={opened}
      action={`${place.path}/opinions/${secret}/answers`}
      filled={{ say: place.say, typed: typed ?? known, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

function closedPage(context: Context<PlaceEnv>) {
  context.header('cache-control', 'private, no-store')
  return context.html(<ClosedLinkPage place={context.get('place')} />, 410)
}
