import { fold } from './header-words.ts'

const TITLES =
  /^(?:m|mr|mme|mle|mlle|mm|monsieur|madame|mademoiselle|messieurs|mesdames|m et mme|melle)\.?\s+[a-z'-]{2,}/
const PERSON_KINDS =
  /personne physique|particulier|menage|entrepreneur individuel|profession liberale|individu|artisan|\bpersonne\b(?! morale| publique)/
const INDIVIDUAL_AIDS =
  /aide (?:individuelle|aux? particulier)|aux particuliers|bourse (?:individuelle|d'etude|aux? etudiant|au permis)|allocation individuelle|prime (?:velo|air bois)|achat d'un velo|aide a la personne/
// Said of no person, even after « Madame ».
const TRADE_WORDS =
  /production|\bcie\b|compagnie|reseau|ensemble|tournoi|gymnastique|promotion|\bmjc\b|\bsearl\b|boucherie|\bband\b|sports?\b|asso|club|records|editions/
const ORGANISATION_WORDS =
  /assoc|club|comite|amicale|union|federation|societe|college|lycee|ecole|ogec|compagnie|collectif|fondation|commune|mairie|ville|departement|syndicat|sarl|\bsas?\b|\beurl\b|\bsci\b|scop|\bgie\b|office|centre|maison|foyer|theatre|radio|chambre|universite|institut|mission|groupe|section|ligue|mutuelle|hopital|ehpad|residence|\bus\b|\bas\b|\bfc\b|saint|sainte|\bst\b|\bste\b|notre|\bles?\b|\bla\b|\bdes?\b|\bdu\b|\bet\b|\ben\b|\d/
// The commonest given names of the last eighty years: enough to notice `DUPONT Jean`.
const GIVEN_NAMES = new Set(
  'jean pierre michel andre philippe alain bernard jacques daniel patrick christian gerard christophe nicolas frederic thierry laurent eric stephane david pascal olivier sebastien julien thomas alexandre guillaume anthony kevin maxime romain vincent florian antoine benjamin mathieu matthieu clement quentin hugo lucas louis arthur paul francois claude rene marcel roger maurice henri georges robert serge yves didier bruno dominique gilles herve marc denis franck fabrice jerome cedric ludovic arnaud gregory cyril marie jeanne monique nathalie isabelle catherine francoise sylvie martine christine valerie sandrine stephanie veronique sophie celine aurelie emilie julie camille lea manon emma chloe laura pauline marion sarah anne claire helene nicole jacqueline brigitte annie christiane danielle michele chantal patricia corinne laurence florence virginie karine delphine sabrina melanie audrey elodie jessica mathilde lucie charlotte alice juliette margaux louise mohamed ahmed fatima karim said rachid samir yasmine ines lina'.split(
    ' ',
  ),
)

export type PersonClues = { name: string; kind: string; purpose: string; hasIdentifier: boolean }

/** Leans towards yes: a wrongly hidden club is put right in a minute, a published person is not. */
export function looksLikePerson({ name, kind, purpose, hasIdentifier }: PersonClues): boolean {
  const folded = fold(name).trim()
  if (TRADE_WORDS.test(folded)) return PERSON_KINDS.test(fold(kind))
  if (TITLES.test(folded) || PERSON_KINDS.test(fold(kind))) return true
  if (hasIdentifier || ORGANISATION_WORDS.test(folded)) return false
  if (INDIVIDUAL_AIDS.test(fold(purpose))) return true
  const words = folded.split(/[\s-]+/)
  const isTwoOrThreeNames = words.length >= 2 && words.length <= 3 && /^[a-z' -]+$/.test(folded)
  return isTwoOrThreeNames && words.some((word) => GIVEN_NAMES.has(word))
}
