import { mend, mojibakeOf } from '#platform'

const STOP_WORDS = new Set(
  'a au aux d de des du en et est l la le les ou par pour sur un une s of the'.split(' '),
)

// One spelling for the words of the trade. Keys are already without accents, lower case, singular.
const ONE_SPELLING: Record<string, string> = {
  ndeg: 'n',
  numero: 'n',
  num: 'n',
  no: 'n',
  nr: 'n',
  identification: 'id',
  identifiant: 'id',
  identifant: 'id',
  identifier: 'id',
  ref: 'reference',
  refer: 'reference',
  mt: 'montant',
  subv: 'subvention',
  sub: 'subvention',
  obj: 'objet',
  benef: 'beneficiaire',
  asso: 'association',
  organism: 'organisme',
  annees: 'annee',
  conv: 'convention',
  dat: 'date',
  deliberat: 'deliberation',
  delib: 'deliberation',
  libl: 'libelle',
  lib: 'libelle',
  liborgabenef: 'beneficiaire',
  union: 'ue',
  europe: 'ue',
  europeenne: 'ue',
  eur: 'euro',
  beneficiary: 'beneficiaire',
  donor: 'attribuant',
  entity: 'attribuant',
  amount: 'montant',
  year: 'annee',
  name: 'nom',
  purpose: 'objet',
  justification: 'objet',
  program: 'dispositif',
  sector: 'secteur',
  requested: 'demande',
  kind: 'type',
  raw: '',
  euro: '',
  ttc: '',
  preciser: '',
}

// Long words are recognised with a typo, or with the letters that a bad encoding lost (`bnficiaire`).
const LONG_WORDS = [
  'attribuant',
  'attributaire',
  'beneficiaire',
  'subvention',
  'convention',
  'reference',
  'decision',
  'versement',
  'notification',
  'pourcentage',
  'identification',
  'association',
  'deliberation',
  'condition',
  'collectivite',
  'montant',
  'organisme',
  'thematique',
  'exercice',
  'repertoire',
  'referencement',
  'periode',
  'attribution',
  'avantage',
  'estimation',
  'fonctionnement',
]
const SHORT_WORDS = [
  'nom',
  'id',
  'date',
  'objet',
  'nature',
  'annee',
  'siret',
  'siren',
  'rna',
  'rae',
  'ue',
  'aide',
  'dispositif',
  'type',
  'categorie',
  'sociale',
  'raison',
  'premier',
  'solde',
  'deuxieme',
  'vote',
  'attribue',
  'adresse',
]
const WORDS = [...LONG_WORDS, ...SHORT_WORDS]

/** `N° SIRET du bénéficiaire*`, `nombeneficiaire`, `NOM_BENEFICIAIRE` → words without accents, order kept. */
export function headerWords(header: string): string[] {
  return foldHeader(header)
    .split(' ')
    .flatMap((word) => cutWord(word))
    .map((word) => singular(word))
    .map((word) => nearest(ONE_SPELLING[word] ?? word))
    .map((word) => ONE_SPELLING[word] ?? word)
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
}

export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').toLowerCase()
}

function foldHeader(header: string): string {
  const mended = mend(header, mojibakeOf(header)).replaceAll('\ufffd', '')
  // « en nature » is a kind of help, `nature` alone a column: the small word is kept with it.
  return fold(
    mended
      .replace(/\ben[\s_]nature\b/gi, ' ennature ')
      .replace(/%/g, ' pourcentage ')
      .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2'),
  )
    .replace(/n\s*[°º]/g, ' n ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

function singular(word: string): string {
  return word.length > 4 && word !== 'tiers' && /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

/** `idbeneficiaire` → `id beneficiaire`, when the whole word is made of known words. */
function cutWord(word: string): string[] {
  if (word.length < 7 || WORDS.includes(word)) return [word]
  for (const start of WORDS) {
    if (!word.startsWith(start) || word === start) continue
    const rest = word
      .slice(start.length)
      .replace(/^(?:s|de|du|des|d|la|l)(?=[a-z]{3})/, (link) =>
        WORDS.some((other) => word.slice(start.length).startsWith(other)) ? link : '',
      )
    if (WORDS.includes(singular(rest)) || rest === 's') return [start, rest]
    const further = cutWord(rest)
    if (further.length > 1) return [start, ...further]
  }
  return [word]
}

function nearest(word: string): string {
  if (word.length < 6 || WORDS.includes(word)) return word
  const room = word.length >= 7 ? 2 : 1
  return (
    LONG_WORDS.find((known) => distanceAtMost(word, known, known.length >= 9 ? room : 1)) ?? word
  )
}

function distanceAtMost(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most || a[0] !== b[0]) return false
  let row = Array.from({ length: b.length + 1 }, (_, rank) => rank)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return (row[b.length] ?? most + 1) <= most
}
