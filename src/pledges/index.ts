export {
  confirmPledge,
  reducePledge,
  type Submission,
  submitPledge,
  submitPledges,
  withdrawPledge,
} from './actions.ts'
export { causes } from './causes.ts'
export { expirePledges } from './expiry.ts'
export { draftInvited, forgetInvited, noteInvited, unknownCompanyOf } from './files/invited.ts'
export { draftsWaiting } from './files/store.ts'
export { pledgeRoutes } from './pages.tsx'
export { type Level, levelsOf, type Pledge, type Supply, supplyOf } from './rules.ts'
export { siteNames } from './sites.ts'
export { confirmedSupply, pledgeById, pledgesOf, selectConditions, sitesOf } from './store.ts'
export { givenOf } from './tables.tsx'
export type { Mark, Needs, NeedsReader } from './thermometer.ts'
export { marksIn, thermometerRoutes } from './thermometer-routes.tsx'
