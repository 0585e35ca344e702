import type { PersonKey } from '../cast.ts'
import type { TestHouse } from '../house.ts'
import { missionOf, published, type Season } from '../missions.ts'
import { type World, world } from '../world.ts'

/** A moment of the season at which some forms are shown, and who is shown them. */
export type Stage = {
  name: string
  /** In how many tests, where somebody is shown more forms than one has time for. */
  parts?: number
  people: PersonKey[]
  /** Where to look, beside every address of the commune. */
  addresses: string[]
  /** The same, where only the house that was opened knows them. */
  find?: (house: TestHouse) => Promise<string[]>
  open: () => Promise<TestHouse>
}

type More = Partial<Pick<Stage, 'addresses' | 'find'>> & { from?: string }

/** In Valmont, on 10 January 2027 unless said otherwise: applications are about to close. */
export function inValmont(
  name: string,
  people: PersonKey[],
  play: (valmont: World, goTo: (instant: string) => void) => Promise<unknown>,
  { from = '2027-01-10T09:00:00Z', ...more }: More = {},
): Stage {
  const open = async () => {
    let now = new Date(from)
    const valmont = await world(() => now)
    await play(valmont, (instant) => {
      now = new Date(instant)
    })
    return valmont.house
  }
  return { name, people, addresses: [], ...more, open }
}

/** Once missions are published, about the food bank's. */
export function onMission(
  name: string,
  people: PersonKey[],
  play: (season: Season, id: string) => Promise<unknown>,
  more: More = {},
): Stage {
  const open = async () => {
    const season = await published()
    await play(season, (await missionOf(season, 'foodBank')).id)
    return season.world.house
  }
  return { name, people, addresses: [], ...more, open }
}

/** The addresses of this shape in everything that was mailed. */
export function mailed(shape: RegExp): (house: TestHouse) => Promise<string[]> {
  return async ({ db }) => {
    const mails = await db.selectFrom('outbox').select('body').execute()
    return mails.flatMap(({ body }) => shape.exec(body)?.[0] ?? [])
  }
}

/** The addresses of this shape on these pages, as this person sees them. */
export async function linkedFrom(
  valmont: World,
  person: PersonKey,
  { page, shape }: { page: string; shape: RegExp },
): Promise<string[]> {
  const html = await (await (await valmont.browser(person)).get(page)).text()
  return [...html.matchAll(shape)].map(([address]) => address)
}

/** A button of a page, which must do its work: a stage that half plays shows less than it says. */
export async function press(
  valmont: World,
  person: PersonKey,
  path: string,
  form: Record<string, string> = {},
): Promise<void> {
  const answer = await (await valmont.browser(person)).post(path, form)
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status}`)
}
