import { isRefused } from '#kit'
import type { Section } from '../draft-sections.ts'
import { readBase } from '../merge.ts'
import { canonicalWords, readAnswers } from './answers.ts'
import { type CerfaSection, cerfaSections, fields } from './fields.ts'
import { ownAnswers, typedSection } from './file.ts'

/** The parts of the form as the draft saves and merges them, field by field like every other. */
export const cerfaDraftSections = Object.fromEntries(
  cerfaSections.map((name) => [name, sectionOf(name)]),
) as Record<CerfaSection, Section>

function sectionOf(name: CerfaSection): Section {
  return {
    name,
    sides: ({ cerfa }, typed) => {
      const theirs = typedSection(cerfa, name)
      const shown = fields[name].filter((field) => typed[field.name] !== undefined)
      const pairs = (of: Record<string, string>) =>
        shown.map((field) => [field.name, canonicalWords(field, of[field.name])])
      return {
        base: readBase(typed.base),
        mine: Object.fromEntries(pairs(typed)),
        theirs: Object.fromEntries(pairs(theirs)),
      }
    },
    read: (merged, { application: { cerfa } }) => {
      // A form that does not show a field leaves it as it stands.
      const answers = readAnswers(name, { ...typedSection(cerfa, name), ...merged })
      if (isRefused(answers)) return answers
      return { part: { section: name, answers: ownAnswers(cerfa, name, answers) } }
    },
    answerOf: (field) => field,
  }
}
