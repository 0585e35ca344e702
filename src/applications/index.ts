export {
  actsFor,
  associationReaders,
  associationRoles,
  ownApplication,
  Recused,
  receivedApplication,
} from './access.ts'
export {
  type DraftInput,
  depositApplication,
  saveDraft,
  signCommitment,
} from './actions.ts'
export { type AskedSkill, askedBySkill } from './asked-store.ts'
export { bankSafe, giveBankAccount, wholeBankAccount } from './bank.ts'
export { plannedBudget } from './cerfa/planned.ts'
export { askForFile, askWaiting, silentChecks } from './cerfa/registry/check.ts'
export { type SeatPoint, seatsByFile, selectSeats } from './cerfa/registry/seats-store.ts'
export { type Deposited, depositedApplications } from './deposited.ts'
export { FileFacts, type ReadFile } from './facts.tsx'
export { needById } from './need-store.ts'
export { applicationRoutes } from './pages.tsx'
export { answerPiece, pieceIn } from './piece-pages.tsx'
export { addAskedPiece, addPiece, type PieceInput } from './pieces-actions.ts'
export { PieceFields } from './pieces-page.tsx'
export { pieceSafe, type ReadPiece, readPiece } from './pieces-read.ts'
export {
  type PieceHead,
  type PieceOfMany,
  piecesOf,
  piecesOfMany,
} from './pieces-store.ts'
export { answerForm, drawForm, formFileName } from './printed/form.ts'
export { remindDrafts } from './reminders.ts'
export {
  type Application,
  askedMinutes,
  type DraftNeed,
  type Modality,
  type Need,
} from './rules.ts'
export { scanWaitingPieces } from './scans.ts'
export { startApplication } from './start.ts'
export {
  applicationById,
  applicationOfAssociation,
  applicationsOf,
  applicationsOfAssociation,
  declaredTies,
  selectTies,
} from './store.ts'
export { filePathOf, readFileOf } from './views.ts'
export { withdrawApplication } from './withdrawal.ts'
