import { type Tx, together } from '#platform'
import { type BankAccount, selectBankAccounts } from './bank-store.ts'
import { knownFrom, type WholeFile } from './cerfa/file.ts'
import { checksFrom, formFrom, selectAnswers, selectChecks } from './cerfa/store.ts'
import { type PieceHead, piecesFrom, selectPieces } from './pieces-store.ts'
import type { Application } from './rules.ts'

/** What a file holds beside its request. */
export type Held = {
  pieces: PieceHead[]
  bankAccount: BankAccount | undefined
  cerfa: WholeFile['cerfa']
}

/** In one question: its pieces without their bytes, the account that stands, the form and the registers. */
export async function heldBy(tx: Tx, application: Application): Promise<Held> {
  const { pieces, accounts, answers, asked } = await together(tx, {
    pieces: selectPieces(tx, application),
    accounts: selectBankAccounts(tx, application),
    answers: selectAnswers(tx, application),
    asked: selectChecks(tx, application),
  })
  const checks = checksFrom(asked)
  return {
    pieces: piecesFrom(pieces),
    bankAccount: accounts[0],
    cerfa: { form: formFrom(answers), checks, known: knownFrom(application, checks) },
  }
}
