import { sql } from 'kysely'
import type { Tx } from '#platform'

export type SeatPoint = { latitude: number; longitude: number; saidAt: Date }

/**
 * Where Recherche d'entreprises puts the association of each file, by its newest answer about the number
 * that is the association's own: any other number may be typed in the form. As one question to be asked
 * with others.
 */
export function selectSeats(tx: Tx, territoryId: string, applicationIds: string[]) {
  return tx
    .selectFrom('registryChecks as c')
    .innerJoin('registryAnswers as a', (join) =>
      join.onRef('a.territoryId', '=', 'c.territoryId').onRef('a.checkId', '=', 'c.id'),
    )
    .innerJoin('applications as f', (join) =>
      join.onRef('f.territoryId', '=', 'c.territoryId').onRef('f.id', '=', 'c.applicationId'),
    )
    .innerJoin('organisations as o', 'o.id', 'f.associationId')
    .distinctOn('c.applicationId')
    .select(['c.applicationId', 'a.latitude', 'a.longitude', 'a.answeredAt'])
    .where('c.territoryId', '=', territoryId)
    .where('a.source', '=', 'companies')
    .where('a.outcome', '=', 'found')
    .where(sql<boolean>`c.application_id = any(array[${sql.join(applicationIds)}]::uuid[])`)
    .where(sql<boolean>`(c.identifier in (o.siret, o.rna) or left(c.identifier, 9) = o.siren)`)
    .orderBy('c.applicationId')
    .orderBy('a.answeredAt', 'desc')
}

type Row = {
  applicationId: string
  latitude: number | null
  longitude: number | null
  answeredAt: Date
}

/** By file. */
export function seatsByFile(rows: Row[]): Map<string, SeatPoint> {
  return new Map(
    rows.flatMap(({ applicationId, latitude, longitude, answeredAt: saidAt }) =>
      latitude === null || longitude === null
        ? []
        : [[applicationId, { latitude, longitude, saidAt }] as const],
    ),
  )
}
