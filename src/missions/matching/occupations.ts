/**
 * Trades that people recognise, by skill family, with their code in ROME 4.0 (France Travail, Licence
 * Ouverte 2.0). A choice of ours, short on purpose; the plain names are in texts/, under `occupations`.
 */
export const occupations = {
  M1203: ['FINANCE'],
  M1204: ['FINANCE', 'DATA'],
  M1207: ['FINANCE'],
  M1202: ['FINANCE'],
  K1903: ['LEGAL'],
  K1902: ['LEGAL'],
  M1501: ['HR'],
  M1502: ['HR'],
  M1503: ['HR', 'STRATEGY'],
  E1103: ['COMMS', 'FUNDRAISING'],
  E1101: ['COMMS', 'MARKETING'],
  E1106: ['COMMS', 'DESIGN'],
  M1705: ['MARKETING'],
  M1707: ['MARKETING', 'FUNDRAISING'],
  K1802: ['FUNDRAISING', 'STRATEGY'],
  M1402: ['STRATEGY'],
  M1302: ['STRATEGY'],
  M1805: ['DIGITAL'],
  M1810: ['DIGITAL'],
  M1802: ['DIGITAL'],
  M1806: ['DIGITAL'],
  M1812: ['DIGITAL'],
  M1405: ['DATA'],
  M1403: ['DATA'],
  E1205: ['DESIGN'],
  E1104: ['DESIGN', 'COMMS'],
  E1108: ['DESIGN'],
  N1301: ['LOGISTICS'],
  M1101: ['LOGISTICS'],
  H1502: ['LOGISTICS'],
  F1201: ['REALESTATE'],
  F1602: ['REALESTATE'],
  F1603: ['REALESTATE'],
  I1308: ['REALESTATE'],
  F1104: ['REALESTATE'],
  E1107: ['EVENTS'],
  K2111: ['TRAINING'],
  K2101: ['TRAINING', 'HR'],
  K1801: ['TRAINING', 'HR'],
  A1203: ['ENVIRONMENT'],
  A1202: ['ENVIRONMENT'],
  H1302: ['ENVIRONMENT', 'LOGISTICS'],
} as const satisfies Record<string, readonly string[]>

export type Occupation = keyof typeof occupations

export function isOccupation(text: string | undefined): text is Occupation {
  return text !== undefined && Object.hasOwn(occupations, text)
}

/** The families in which this trade helps; none for a trade unknown here. */
export function familiesOfOccupation(code: string | undefined): readonly string[] {
  return isOccupation(code) ? occupations[code] : []
}

/** The trades of one family, in the order of the table. */
export function occupationsIn(family: string): Occupation[] {
  return Object.keys(occupations)
    .filter(isOccupation)
    .filter((code) => familiesOfOccupation(code).includes(family))
}
