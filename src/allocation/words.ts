import type { Language, Say } from '#platform'

/** What a part of a page needs to speak, on the server and in the browser. */
export type Words = { say: Say; language: Language }
