export {
  type DocumentIdentity,
  makeDocument,
  type NewDocument,
  type Signed,
  sign,
} from './actions.ts'
export { answerPdf } from './answer.ts'
export { benchPdf } from './bench-pdf.ts'
export { ceremonyOn } from './ceremonies.ts'
export { type CeremonyRow, underWay } from './ceremonies-store.ts'
export { CeremonyNote } from './ceremony-note.tsx'
export { evidenceOf, type SignatureEvidence } from './evidence.ts'
export { type Ceremonies, followCeremony, waitingCeremonies } from './following.ts'
export { httpProvider } from './http-provider.ts'
export { isSealed, layerFaults } from './layers-store.ts'
export { type OdtBlock, writeOdt } from './odt.ts'
export { insideProvider, type SignatureProvider } from './provider.ts'
export { documentRoutes } from './routes.ts'
export { type DocumentKind, type Party, parseVerificationCode } from './rules.ts'
export { completedFile, sealWhatIsWhole } from './sealing.ts'
export {
  type DocumentHead,
  type DocumentRow,
  documentByCode,
  documentById,
  documentFaults,
  documentsOn,
  lastSignedAt,
  partiesOf,
  type Signature,
  signaturesOf,
} from './store.ts'
export * from './templates/index.ts'
// The same words say who is printed as a party, and whose signature is drawn in their frame.
export type { Party as PrintedParty, Signed as PrintedSignature } from './templates/parts.ts'
