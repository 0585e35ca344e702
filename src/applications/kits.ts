import { type Minutes, minutes } from '#kit'
import { languages, sayIn } from '#platform'

/**
 * Ready missions (their words are texts): a small association starts from one of these rather than
 * from a blank row.
 */
export const kits = {
  accounts: kit('FINANCE', 14, 28),
  website: kit('DIGITAL', 21, 42),
  grantWriting: kit('FUNDRAISING', 7, 21),
  works: kit('REALESTATE', 7, 14),
  legal: kit('LEGAL', 4, 10),
  communication: kit('COMMS', 14, 28),
  hiring: kit('HR', 7, 14),
  security: kit('DIGITAL', 4, 7),
  dashboard: kit('DATA', 10, 21),
  event: kit('EVENTS', 14, 35),
  training: kit('TRAINING', 7, 14),
  strategy: kit('STRATEGY', 14, 28),
} as const satisfies Record<string, Kit>

export type KitName = keyof typeof kits
type Kit = { family: string; minMinutes: Minutes; maxMinutes: Minutes }

export function isKitName(text: string | undefined): text is KitName {
  return text !== undefined && Object.hasOwn(kits, text)
}

/** The ready mission whose words a need still bears, in either language; undefined once they were changed. */
export function kitBehind({ family, deliverable }: { family: string | null; deliverable: string }) {
  return Object.keys(kits)
    .filter(isKitName)
    .find(
      (name) =>
        kits[name].family === family &&
        languages.some((one) => sayIn(one)(`applications:kit.${name}.deliverable`) === deliverable),
    )
}

/** The kits whose skill this season offers. */
export function kitsFor(families: string[]): KitName[] {
  return Object.keys(kits)
    .filter(isKitName)
    .filter((name) => families.includes(kits[name].family))
}

function kit(family: string, hoursMin: number, hoursMax: number): Kit {
  return { family, minMinutes: minutes(hoursMin * 60), maxMinutes: minutes(hoursMax * 60) }
}
