import { Hono } from 'hono'
import { allow, found, type PlaceEnv } from '#people'
import { withdrawCeremony } from './ceremonies.ts'
import type { DocumentKind } from './rules.ts'
import { documentById } from './store.ts'

/** The page where each kind of document is signed, and to which its signatory goes back. */
const pages: Partial<Record<DocumentKind, string>> = {
  grant_agreement: 'decisions',
  mission_agreement: 'missions',
}

export const documentRoutes = new Hono<PlaceEnv>()

const signatories = allow(
  'municipality.agent',
  'municipality.elected',
  'company.csr',
  'company.manager',
  'company.employee',
  'association.representative',
)

documentRoutes.post('/signatures/:ceremonyId/withdrawal', signatories, async (context) => {
  const place = context.get('place')
  const { documentId } = await withdrawCeremony(place, context.req.param('ceremonyId'))
  const { kind, subjectId } = found(await documentById(place.tx, place.territory.id, documentId))
  return context.redirect(`${place.path}/${found(pages[kind])}/${subjectId}`, 303)
})
