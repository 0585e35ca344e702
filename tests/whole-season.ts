import { accounts, missionOf, published, running, type Season, worked } from './missions.ts'

/** A season with something in every room, up to hours worked, confirmed and approved. */
export async function wholeSeason(): Promise<Season> {
  const season = await published()
  const { id } = await missionOf(season, 'foodBank')
  await running(season, id, accounts)
  await worked(season, id, accounts, { day: '2027-05-04', hours: 3 })
  await worked(season, id, accounts, { day: '2027-05-07', hours: 2 })
  return season
}
