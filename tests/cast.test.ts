import { expect, test } from 'vitest'
import { parseRna, parseSiret } from '#kit'
import { organisations } from './cast.ts'

test('the cast is registered: each number of theirs passes its key', () => {
  for (const organisation of Object.values(organisations)) {
    if ('siret' in organisation)
      expect(parseSiret(organisation.siret), organisation.name).toBeDefined()
    if ('rna' in organisation) expect(parseRna(organisation.rna), organisation.name).toBeDefined()
  }
})
