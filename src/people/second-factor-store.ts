import { sql } from 'kysely'
import { type Config, type Db, sha256 } from '#platform'
import { seal, unseal } from './seal.ts'
import { newRecoveryCodes, newTotpSecret, recoveryCodeIn, stepOfCode } from './totp.ts'

const PURPOSE = 'second factor'

/** One session of one person, as the stores of the doors need it. */
export type Entrant = { personId: string; sessionId: string }

export async function hasSecondFactor(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('secondFactors')
    .select('personId')
    .where('personId', '=', personId)
    .where('confirmedAt', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** A new key, waiting for its first code; a confirmed one is left alone. */
export async function beginSecondFactor(db: Db, config: Config, personId: string): Promise<void> {
  const sealedSecret = seal(config.secret, PURPOSE, newTotpSecret().toString('hex'))
  await db
    .insertInto('secondFactors')
    .values({ personId, sealedSecret })
    .onConflict((conflict) =>
      conflict
        .column('personId')
        .doUpdateSet({ sealedSecret })
        .where('secondFactors.confirmedAt', 'is', null),
    )
    .execute()
}

/** The key to show as a QR code and in text: before its first code, never after. */
export async function waitingSecret(
  db: Db,
  config: Config,
  personId: string,
): Promise<Buffer | undefined> {
  const row = await factorOf(db, personId)
  return row && row.confirmedAt === null ? secretIn(config, row.sealedSecret) : undefined
}

/**
 * The first code confirms the key; answers the recovery codes, shown this once. The person's other
 * sessions will have to show a code too.
 */
export async function confirmSecondFactor(
  db: Db,
  config: Config,
  entrant: Entrant,
  { code, now }: { code: string; now: Date },
): Promise<string[] | undefined> {
  const row = await factorOf(db, entrant.personId)
  if (!row || row.confirmedAt) return undefined
  const step = stepOfCode(secretIn(config, row.sealedSecret), code, { now, lastStep: 0 })
  if (step === undefined) return undefined
  return db.transaction().execute(async (tx) => {
    const confirmed = await tx
      .updateTable('secondFactors')
      .set({ confirmedAt: now, lastStep: BigInt(step) })
      .where('personId', '=', entrant.personId)
      .where('confirmedAt', 'is', null)
      .where('sealedSecret', '=', row.sealedSecret)
      .returning('personId')
      .executeTakeFirst()
    if (!confirmed) return undefined
    await tx
      .updateTable('sessions')
      .set({ awaitsCode: true, provenAt: null })
      .where('personId', '=', entrant.personId)
      .where('id', '<>', entrant.sessionId)
      .execute()
    await tx
      .updateTable('sessions')
      .set({ awaitsCode: true, provenAt: now })
      .where('id', '=', entrant.sessionId)
      .execute()
    return renewRecoveryCodes(tx, entrant.personId)
  })
}

/** Ten new ones; those of before are worth nothing any more. */
export async function renewRecoveryCodes(db: Db, personId: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  await db.deleteFrom('recoveryCodes').where('personId', '=', personId).execute()
  await db
    .insertInto('recoveryCodes')
    .values(codes.map((code) => ({ personId, codeSha256: sha256(code) })))
    .execute()
  return codes
}

export async function recoveryCodesLeft(db: Db, personId: string): Promise<number> {
  const { left } = await db
    .selectFrom('recoveryCodes')
    .select(({ fn }) => fn.countAll().as('left'))
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(left)
}

export type Proof = 'application' | 'recovery'

/** A code of the application, or one from paper; either is taken once, whoever else sends it at once. */
export async function proveByCode(
  db: Db,
  config: Config,
  entrant: Entrant,
  { code, now }: { code: string; now: Date },
): Promise<Proof | undefined> {
  const proof = (await takeCode(db, config, entrant.personId, { code, now }))
    ? 'application'
    : (await takeRecoveryCode(db, entrant.personId, { code, now }))
      ? 'recovery'
      : undefined
  if (proof)
    await db
      .updateTable('sessions')
      .set({ provenAt: now })
      .where('id', '=', entrant.sessionId)
      .where('personId', '=', entrant.personId)
      .execute()
  return proof
}

async function takeCode(
  db: Db,
  config: Config,
  personId: string,
  { code, now }: { code: string; now: Date },
): Promise<boolean> {
  const row = await factorOf(db, personId)
  if (!row?.confirmedAt) return false
  const lastStep = Number(row.lastStep)
  const step = stepOfCode(secretIn(config, row.sealedSecret), code, { now, lastStep })
  if (step === undefined) return false
  const taken = await db
    .updateTable('secondFactors')
    .set({ lastStep: BigInt(step) })
    .where('personId', '=', personId)
    .where('lastStep', '<', BigInt(step))
    .returning('personId')
    .executeTakeFirst()
  return taken !== undefined
}

async function takeRecoveryCode(
  db: Db,
  personId: string,
  { code, now }: { code: string; now: Date },
): Promise<boolean> {
  const written = recoveryCodeIn(code)
  if (!written) return false
  const taken = await db
    .updateTable('recoveryCodes')
    .set({ usedAt: now })
    .where('personId', '=', personId)
    .where('codeSha256', '=', sha256(written))
    .where('usedAt', 'is', null)
    .returning('personId')
    .executeTakeFirst()
  return taken !== undefined
}

export async function removeSecondFactor(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('secondFactors').where('personId', '=', personId).execute()
  await db
    .updateTable('sessions')
    .set({ awaitsCode: false })
    .where('personId', '=', personId)
    .execute()
}

/** A lost phone: nothing that was on it opens a door any more, and every session ends. */
export async function resetDoors(db: Db, personId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('secondFactors').where('personId', '=', personId).execute()
    await tx.deleteFrom('passkeys').where('personId', '=', personId).execute()
    await tx.deleteFrom('sessions').where('personId', '=', personId).execute()
  })
}

/** Those who hold a role together with whether a second factor is in place. */
export async function factorHolders(db: Db, organisationIds: string[], roles: string[]) {
  if (organisationIds.length === 0) return []
  return db
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.personId')
    .innerJoin('organisations as o', 'o.id', 'm.organisationId')
    .leftJoin('secondFactors as f', (join) =>
      join.onRef('f.personId', '=', 'p.id').on('f.confirmedAt', 'is not', null),
    )
    .select(['p.id', 'p.name', 'p.email', 'm.role', 'o.id as organisationId'])
    .select('o.name as organisation')
    .select(
      sql<boolean>`f.person_id is not null or exists (
        select from passkeys k where k.person_id = p.id)`.as('hasFactor'),
    )
    .where('m.organisationId', 'in', organisationIds)
    .where('m.role', 'in', roles)
    .where('m.endedAt', 'is', null)
    .orderBy('o.name')
    .orderBy('p.name')
    .execute()
}

/** The organisations that take part in the communes whose town hall is one of these. */
export async function organisationsAround(db: Db, townHallIds: string[]): Promise<string[]> {
  if (townHallIds.length === 0) return []
  const rows = await db
    .selectFrom('territories as t')
    .innerJoin('territoryOrganisations as part', 'part.territoryId', 't.id')
    .select('part.organisationId as id')
    .where('t.organisationId', 'in', townHallIds)
    .execute()
  return rows.map(({ id }) => id)
}

async function factorOf(db: Db, personId: string) {
  return db
    .selectFrom('secondFactors')
    .select(['sealedSecret', 'confirmedAt', 'lastStep'])
    .where('personId', '=', personId)
    .executeTakeFirst()
}

function secretIn(config: Config, sealed: string): Buffer {
  return Buffer.from(unseal(config.secret, PURPOSE, sealed), 'hex')
}
