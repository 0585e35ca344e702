import type { Hono } from 'hono'
import { allocationRoutes } from '#allocation'
import { applicationRoutes } from '#applications'
import { awardRoutes } from '#awards'
import { campaignRoutes } from '#campaigns'
import { documentRoutes } from '#documents'
import { impactRoutes } from '#impact'
import { ledgerRoutes } from '#ledger'
import { missionRoutes } from '#missions'
import { needsOf, openDataRoutes } from '#open-data'
import type { PlaceEnv } from '#people'
import { pledgeRoutes, thermometerRoutes } from '#pledges'
import { receiptRoutes } from '#receipts'
import { reviewRoutes } from '#review'
import { baselineRoutes, baselineYearRoutes } from '#territory'
import { awardReaders } from './award-readers.ts'
import { homeRoutes } from './home/pages.tsx'
import { journalRoutes } from './journal-pages.tsx'
import { ledgerReaders } from './ledger-readers.ts'
import { mandateRoutes } from './mandate-pages.tsx'
import { reviewReaders } from './review-readers.ts'

/** Every room's pages, mounted under the commune's address. */
export const roomRoutes: Hono<PlaceEnv>[] = [
  ledgerRoutes(ledgerReaders),
  documentRoutes,
  baselineRoutes,
  baselineYearRoutes,
  campaignRoutes,
  pledgeRoutes,
  thermometerRoutes(needsOf),
  applicationRoutes,
  reviewRoutes(reviewReaders),
  allocationRoutes,
  awardRoutes(awardReaders),
  missionRoutes,
  receiptRoutes,
  impactRoutes,
  openDataRoutes,
  journalRoutes,
  mandateRoutes,
  homeRoutes,
]
