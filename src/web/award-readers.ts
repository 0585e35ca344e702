import type { AwardReaders } from '#awards'
import { minutes, sumMinutes } from '#kit'
import { missionsOf } from '#missions'

/** Awards come before the missions that use their hours: what became of them is told from here. */
export const awardReaders: AwardReaders = {
  hoursUsed: async (tx, campaign, award) => {
    const missions = await missionsOf(tx, campaign)
    const byFamily = Map.groupBy(award.hours, ({ family }) => family)
    return [...byFamily].map(([family, hours]) => {
      const ids = new Set(hours.map(({ id }) => id))
      const own = missions.filter(({ awardHoursId }) => ids.has(awardHoursId))
      return {
        family,
        allocatedMinutes: sumMinutes(hours.map((one) => one.minutes)),
        doneMinutes: sumMinutes(own.map(({ approvedMinutes }) => approvedMinutes)),
        // Of missions that are over: what was opened, not done, and went back to its company.
        lostMinutes: sumMinutes(own.map(({ ending }) => ending?.returnedMinutes ?? minutes(0))),
      }
    })
  },
}
