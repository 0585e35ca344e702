import { selectPeople } from '#people'
import { askedOnce, type Tx, type Typed, together } from '#platform'
import { selectAssignment } from './bulk-store.ts'
import { selectDraft } from './draft-store.ts'
import type { Mark } from './marks.ts'
import { type Message, selectMessages } from './message-store.ts'
import type { OutsideRequest } from './outside-rules.ts'
import { requestFrom, selectRequests } from './outside-store.ts'
import { type Revision, selectRevisions } from './revision-store.ts'
import type { CompletenessCheck } from './rules.ts'
import {
  checkFrom,
  type Eligibilities,
  eligibilitiesFrom,
  type Note,
  type Opinion,
  selectChecks,
  selectEligibilities,
  selectMarks,
  selectNotes,
  selectOpinions,
} from './store.ts'

/** All that the review wrote on one file. */
export type FileRecord = {
  checks: CompletenessCheck[]
  eligibilities: Eligibilities
  given: Mark[]
  opinions: Opinion[]
  revisions: Revision[]
  notes: Note[]
  messages: Message[]
  outside: OutsideRequest[]
  /** Who might follow it, and who does. */
  agents: { id: string; name: string }[]
  agentId: string | undefined
  draft: Typed
}

/** In one question, however many hands wrote on it; the draft is this person's own. */
export async function fileRecordOf(
  tx: Tx,
  key: { territoryId: string; applicationId: string; personId: string },
  communeId: string,
): Promise<FileRecord> {
  const { territoryId, applicationId } = key
  const told = await together(tx, {
    checks: selectChecks(tx, territoryId, [applicationId]),
    eligibilities: selectEligibilities(tx, territoryId, [applicationId]),
    given: selectMarks(tx, territoryId, [applicationId]),
    opinions: selectOpinions(tx, territoryId, applicationId),
    revisions: selectRevisions(tx, territoryId, applicationId),
    notes: selectNotes(tx, territoryId, applicationId),
    messages: selectMessages(tx, territoryId, [applicationId]),
    outside: selectRequests({ territoryId, applicationId }),
    assignments: selectAssignment(tx, territoryId, applicationId),
    drafts: selectDraft(tx, key),
    agents: selectPeople(tx, communeId, 'municipality.agent'),
  })
  const { assignments, drafts, ...record } = told
  return {
    ...record,
    checks: told.checks.map(checkFrom),
    eligibilities: eligibilitiesFrom(told.eligibilities).get(applicationId) ?? {},
    outside: told.outside.map(requestFrom),
    agentId: assignments[0]?.agentId ?? undefined,
    draft: drafts[0]?.typed ?? {},
  }
}

/** What the commune asked and what both sides wrote, by file, in one question. */
export async function correspondenceOf(tx: Tx, territoryId: string, applicationIds: string[]) {
  if (applicationIds.length === 0) return { checks: new Map(), messages: new Map() }
  return askedOnce(tx, `correspondence ${applicationIds.join(' ')}`, async () => {
    const told = await together(tx, {
      checks: selectChecks(tx, territoryId, applicationIds),
      messages: selectMessages(tx, territoryId, applicationIds),
    })
    return {
      checks: Map.groupBy(told.checks.map(checkFrom), ({ applicationId }) => applicationId),
      messages: Map.groupBy(told.messages, ({ applicationId }) => applicationId),
    }
  })
}
