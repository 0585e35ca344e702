import { Hono } from 'hono'
import { type Campaign, campaignsOf, envelopesOf, SeasonSteps } from '#campaigns'
import { cents, sumCents } from '#kit'
import { allow, type Place, type PlaceEnv, type Role, roles, rolesToGive } from '#people'
import { Euros, Figure, Hours, Notice, Page, type Say } from '#platform'
import { associationAfterVote, communeAfterVote, financeAfterVote } from './after-vote.ts'
import { associationTasks } from './association-tasks.ts'
import { seasonFiguresOf } from './figures.ts'
import {
  adminTasks,
  agentTasks,
  companyTasks,
  electedTasks,
  employeeTasks,
  financeTasks,
  type Task,
} from './tasks.ts'

export const homeRoutes = new Hono<PlaceEnv>()

const nothing = async () => []

const gather: Record<Role, (place: Place, campaign: Campaign | undefined) => Promise<Task[]>> = {
  'municipality.admin': adminTasks,
  'municipality.agent': agentTasks,
  'municipality.elected': electedTasks,
  'municipality.finance': financeTasks,
  'company.csr': companyTasks,
  'company.manager': companyTasks,
  'company.employee': employeeTasks,
  'association.representative': associationTasks,
  'association.member': associationTasks,
  'association.reader': nothing,
  'operator.staff': agentTasks,
}

/** What a season that is over still asks: a report is due the year after its grant. */
const gatherLate: Partial<Record<Role, (place: Place, campaign: Campaign) => Promise<Task[]>>> = {
  'municipality.agent': communeAfterVote,
  'municipality.finance': financeAfterVote,
  'association.representative': associationAfterVote,
  'association.member': associationAfterVote,
  'operator.staff': communeAfterVote,
}

/** Each public's home: where do I stand, what do I do now? */
homeRoutes.get('/home', allow(...roles), async (context) => {
  const place = context.get('place')
  const role = place.as?.role ?? 'association.member'
  const seasons: Season[] = []
  const all = await campaignsOf(place.tx, place.territory.id)
  const shown = runningAmong(all)
  for (const campaign of shown)
    seasons.push({ campaign, tasks: await gather[role](place, campaign) })
  for (const campaign of all.filter(({ state }) => state === 'closed').slice(0, LATE_SEASONS)) {
    const late = (await gatherLate[role]?.(place, campaign)) ?? []
    const season = seasons.find((one) => one.campaign?.id === campaign.id)
    if (season) season.tasks.unshift(...late)
    else if (late.length > 0) seasons.push({ campaign, tasks: late })
  }
  return context.html(await homePage(place, { role, seasons }))
})

/** A grant is accounted for within eighteen months; its notice and its repayment may take a year more. */
const LATE_SEASONS = 3

type Season = { campaign: Campaign | undefined; tasks: Task[] }

/** One season is lived while the next is prepared: both, the latest first; none, when all is over. */
function runningAmong(all: Campaign[]): (Campaign | undefined)[] {
  const running = all.filter(({ state }) => state !== 'closed' && state !== 'cancelled')
  return running.length > 0 ? running : [all[0]]
}

async function homePage(place: Place, { role, seasons }: { role: Role; seasons: Season[] }) {
  const { say } = place
  const latest = seasons[0]?.campaign
  const name = place.actor?.name.split(' ')[0] ?? ''
  const isCommune = role.startsWith('municipality')
  const opensSeason = role === 'municipality.agent' || role === 'municipality.elected'
  return (
    <Page frame={place.frame} title={say('web:home.title', { name })}>
      <div>
        <h1 class="ds-heading" data-size="lg">
          {say('web:home.title', { name })}
        </h1>
        <p class="lead">
          {say(`web:role.${role}`)}, {place.as?.organisation.name}
        </p>
      </div>
      <ActingFor place={place} />
      {seasons.map((season) => (
        <SeasonCard
          season={season}
          say={say}
          {...(opensSeason && season.campaign && { href: `${place.path}/${season.campaign.year}` })}
        />
      ))}
      {isCommune && latest && (await SeasonFigures({ place, campaign: latest }))}
    </Page>
  )
}

/** For whom one acts now, for whom one might, and who else does. */
function ActingFor({ place: { say, path, actor, as } }: { place: Place }) {
  const held = actor?.memberships ?? []
  const others = held.filter(
    ({ organisation }, rank) =>
      organisation.id !== as?.organisation.id &&
      held.findIndex((one) => one.organisation.id === organisation.id) === rank,
  )
  return (
    <>
      {as?.mandate && <Notice>{say('web:home.byMandate', { name: as.organisation.name })}</Notice>}
      {others.map(({ organisation }) => (
        <p>
          <a class="ds-link" href={`${path}/home?for=${organisation.id}`}>
            {say('web:home.actFor', { name: organisation.name })}
          </a>
        </p>
      ))}
      {as && rolesToGive(held, as.organisation.id).length > 0 && (
        <p>
          <a class="ds-link" href={`/account/organisations/${as.organisation.id}`}>
            {say('web:home.whoActs')}
          </a>
        </p>
      )}
      {as && journalReaders.includes(as.role) && (
        <p>
          <a class="ds-link" href={`${path}/journal`}>
            {say('web:journal.title')}
          </a>
        </p>
      )}
    </>
  )
}

const journalReaders: readonly Role[] = ['municipality.admin', 'municipality.agent']

/** `href` is the season's own page, for those who may open it. */
function SeasonCard({
  season: { campaign, tasks },
  say,
  href,
}: {
  season: Season
  say: Say
  href?: string
}) {
  const TodoHeading = campaign ? 'h3' : 'h2'
  return (
    <section class="ds-card">
      {campaign ? (
        <>
          <h2 class="ds-heading" data-size="sm">
            {href ? (
              <a class="ds-link" href={href}>
                {campaign.title}
              </a>
            ) : (
              campaign.title
            )}
          </h2>
          <SeasonSteps campaign={campaign} say={say} />
          <p class="ds-paragraph">{say(`web:home.now.${campaign.state}`)}</p>
        </>
      ) : (
        <Notice>{say('web:home.noCampaign')}</Notice>
      )}
      <TodoHeading class="ds-heading" data-size="xs">
        {say('web:home.todo')}
      </TodoHeading>
      {tasks.length === 0 && <p class="ds-paragraph">{say('web:home.nothing')}</p>}
      <ul class="todo">
        {tasks.map((task) => (
          <TaskLine task={task} say={say} />
        ))}
      </ul>
    </section>
  )
}

function TaskLine({ task, say }: { task: Task; say: Say }) {
  return (
    <li class={task.tone}>
      <span>{say(`web:task.${task.key}.what`, { count: task.count })}</span>
      <a class="ds-button" data-variant="secondary" data-size="sm" href={task.href}>
        {say(`web:task.${task.key}.go`)}
      </a>
    </li>
  )
}

/** Euros and hours side by side, never added. */
async function SeasonFigures({ place, campaign }: { place: Place; campaign: Campaign }) {
  const { tx, say, language } = place
  const envelopes = await envelopesOf(tx, campaign)
  const { hoursIn, depositedFiles } = await seasonFiguresOf(tx, campaign)
  const done = hoursIn('DONE', 'RECEIPTED')
  const confirmed = hoursIn('CONFIRMED', 'ALLOCATED', 'COMMITTED', 'DONE', 'RECEIPTED')
  return (
    <section class="figures" aria-label={say('web:home.figures')}>
      <Figure label={say('web:home.envelope')}>
        <Euros
          value={cents(sumCents(envelopes.map(({ cashCents }) => cashCents)))}
          language={language}
        />
      </Figure>
      <Figure label={say('web:home.hours')} note={say('web:home.hoursNote')}>
        <Hours value={confirmed} language={language} />
      </Figure>
      <Figure label={say('web:home.done')} note={say('web:home.doneNote')}>
        <Hours value={done} language={language} />
      </Figure>
      <Figure label={say('web:home.files')}>{depositedFiles}</Figure>
    </section>
  )
}
