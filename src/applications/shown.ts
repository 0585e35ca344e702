import type { Context } from 'hono'
import type { PlaceEnv } from '#people'
import type { Typed } from '#platform'
import type { Shown } from './draft-form.tsx'
import type { SectionName } from './draft-sections.ts'
import { authorsOf } from './draft-store.ts'
import { baseOf, readBase } from './merge.ts'
import { filePathOf, type Opened } from './views.ts'

/** What was refused stands on what it was opened on; a page opened now, on the file as it is. */
export async function shownOf(
  context: Context<PlaceEnv>,
  section: SectionName,
  { opened: { application }, known, typed }: { opened: Opened; known: Typed; typed?: Typed },
): Promise<Shown> {
  const place = context.get('place')
  return {
    section,
    filePath: filePathOf(place.path, application.id),
    base: typed ? readBase(typed.base) : baseOf(known),
    savedAt: application.savedAt,
    authors: await authorsOf(place.tx, { territoryId: place.territory.id, id: application.id }),
  }
}
