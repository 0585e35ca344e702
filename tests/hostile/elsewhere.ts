/** Forms that no stage can show, each with the test that sends it: what they need is not in a stage's house. */
export const provenElsewhere: Record<string, string> = {
  // A computation in the background, which ends before a page can be read twice.
  '/:commune/:year/allocation/quality/:id/cancellation': 'src/allocation/pages.test.ts',
  '/:commune/:year/allocation/quality/:id/scenario': 'src/allocation/pages.test.ts',
  // Sent by the script of a page kept on a phone.
  '/:commune/missions/:id/hours/queued': 'src/missions/sheets.test.ts',
  // A signature service.
  '/:commune/signature-events': 'tests/signatures/signatures.test.ts',
  '/:commune/signatures/:id/withdrawal': 'tests/signatures/signatures.test.ts',
  // A telephone that shows codes.
  '/account/colleagues/:id/reset': 'tests/second-factor.test.ts',
  '/account/second-factor/confirmation': 'tests/second-factor.test.ts',
  '/account/second-factor/recovery-codes': 'tests/second-factor.test.ts',
  '/account/second-factor/removal': 'tests/second-factor.test.ts',
  '/second-factor': 'tests/second-factor.test.ts',
  // A key in a browser.
  '/account/passkeys/:id/removal': 'tests/browser/passkeys.test.ts',
  '/account/passkeys/challenge': 'tests/browser/passkeys.test.ts',
  '/sign-in/passkey/challenge': 'tests/browser/passkeys.test.ts',
  // A provider of identities.
  '/sign-in/accounts/:token': 'tests/openid/provider.test.ts',
  '/sign-in/provider': 'tests/openid/provider.test.ts',
  '/sign-in/provider/answer': 'tests/openid/provider.test.ts',
}
