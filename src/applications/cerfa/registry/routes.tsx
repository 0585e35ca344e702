import { type Context, Hono } from 'hono'
import { isRefused } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { typedOf } from '#platform'
import { filePathOf } from '../../views.ts'
import { cerfaPage } from '../pages.tsx'
import { lookUp } from './check.ts'

export const registryRoutes = new Hono<PlaceEnv>()

registryRoutes.post(
  '/applications/:id/registry',
  allow('association.representative', 'association.member'),
  async (context) => {
    const place = context.get('place')
    const id = context.req.param('id')
    const typed = typedOf(await context.req.formData())
    const outcome = await lookUp(place, id, typed.identifier ?? '')
    const page = `${filePathOf(place.path, id)}/identity`
    if (!isRefused(outcome)) return context.redirect(`${page}#registry`, 303)
    return cerfaPage('identity')(context, { registry: { typed, refusals: outcome.refusals } })
  },
)

/** Whether this installation asks registers at all: said by the house (`withRegistries`). */
export function registriesIn(context: Context): boolean {
  return context.get('hasRegistries') === true
}
