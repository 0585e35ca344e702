import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { dayOf } from '#kit'
import {
  associationsAround,
  found,
  isHeldBack,
  type Membership,
  membershipsOf,
  type Person,
  type PersonEnv,
  type Role,
  rolesToGive,
} from '#people'
import type { House } from '../house.ts'
import { idIn, personOf } from './enter.tsx'

/** What the person holds today and may use now: each organisation and role once. */
export async function heldBy(house: House, person: Person): Promise<Membership[]> {
  const standings = await membershipsOf(house.db, person.id, dayOf(house.now()))
  const usable = standings
    .map(({ membership }) => membership)
    .filter(({ role }) => !isHeldBack(person, role, house.config.secondFactor))
  return [
    ...new Map(usable.map((one) => [`${one.organisation.id} ${one.role}`, one] as const)).values(),
  ]
}

/**
 * Whoever holds a role that counts only once a second factor is shown is asked for it before these
 * pages, which would otherwise seem not to exist.
 */
export function proofFirst(house: House) {
  return createMiddleware<PersonEnv>(async (context, next) => {
    const person: Person | undefined = context.get('person')
    if (!person || person.isProven) return next()
    const standings = await membershipsOf(house.db, person.id, dayOf(house.now()))
    const isHeld = standings.some(({ membership }) =>
      isHeldBack(person, membership.role, house.config.secondFactor),
    )
    if (!isHeld) return next()
    const to = context.req.method === 'GET' ? context.req.path : '/account/colleagues'
    return context.redirect(`/second-factor?to=${encodeURIComponent(to)}`, 303)
  })
}

export type Giving = {
  person: Person
  organisation: Membership['organisation']
  roles: readonly Role[]
}

/** The organisation of the address, for whoever gives roles there; it does not exist for others. */
export async function givingIn(context: Context<PersonEnv>, house: House): Promise<Giving> {
  const person = personOf(context)
  const id = idIn(context.req.param('organisationId'))
  const held = await heldBy(house, person)
  const roles = rolesToGive(held, id)
  const own = held.find(({ organisation }) => organisation.id === id)
  return { person, roles, organisation: found(roles.length > 0 ? own : undefined).organisation }
}

/** An association of the season of this commune, for its administrator. */
export async function associationAround(context: Context<PersonEnv>, house: House) {
  const giving = await givingIn(context, house)
  const id = idIn(context.req.param('associationId'))
  const all = await associationsAround(house.db, townHallOf(giving).id)
  return { ...giving, association: found(all.find((one) => one.id === id)) }
}

export function townHallOf({ organisation }: Giving): Membership['organisation'] {
  return found(organisation.kind === 'municipality' ? organisation : undefined)
}

export function pathOf(organisationId: string): string {
  return `/account/organisations/${organisationId}`
}
