export { prepareAgreement, signAgreement } from './actions/agreement.ts'
export type { DeliberationInput, LineVote } from './actions/council.ts'
export { makeExecutory, recordDeliberation } from './actions/council.ts'
export { notifyAll, notifyAward } from './actions/notice.ts'
export { recordPayment } from './actions/payment.ts'
export { awardRoutes } from './pages.tsx'
export type { Sitting } from './rules.ts'
export {
  type Award,
  type AwardHours,
  adoptedAwards,
  awardById,
  awardsOf,
  type Deliberation,
  deliberationsOf,
  type Payment,
  paymentsOf,
} from './store.ts'
