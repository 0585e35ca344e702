import { renderPdf } from '#platform'
import { type AwardNotice, noticeData } from './award-notice.ts'
import { type Issuer, issuerParts } from './parts.ts'

/** The letters as they would leave if the council votes what is proposed: marked as drafts, never numbered. */
export function noticeDraftsPdf(
  issuer: Issuer,
  letters: Omit<AwardNotice, 'reference'>[],
  createdAt: Date,
): Uint8Array {
  return renderPdf({
    template: '/documents/templates/notice-drafts.typ',
    title: 'Projets de notification',
    language: 'fr',
    createdAt,
    data: {
      issuer: issuerParts(issuer),
      letters: letters.map((letter) => noticeData({ ...letter, reference: 'projet' })),
    },
  })
}
