import type { GrantField } from './fields.ts'
import { headerWords } from './header-words.ts'

/** `attributaire` is the giver in one half of the files and the receiver in the other: mapping.ts decides. */
export type HeaderMeaning = GrantField | 'eitherName' | 'eitherId' | 'ignored'

type HeaderRule = [meaning: HeaderMeaning, confidence: number, words: RegExp]

const GIVER =
  '(?:attribuant|coll|collec|collectivite|financeur|autorite administrative|ets attribuant|sa coll|cs coll)'
const TAKER =
  '(?:beneficiaire|association|organisme|tiers|structure|demandeur|attrib|porteur|lycee|copropriete|maitre ouvrage)'
const DECIDED =
  '(?:vote|votee|attribue|attribuee|accorde|accordee|alloue|allouee|decide|octroye|octroyee|verse|versee|ordonnance|mandate|mandatee|paye|engage|approuve|liquide|regle|affecte)'
const NUMBER = '(?:id|siret|siren|n siret|n siren|code siret|code siren siret|id n siret|id siret)'

// Read from the top: the first that fits wins. Words are those of headerWords(): no accents, no small words.
const rules: HeaderRule[] = [
  ['share', 0.97, /^pourcentage (?!localisation|pal)/],
  ['share', 0.8, /^(?:pourcentage|repartition subvention.*)$/],
  [
    'ignored',
    0,
    /localisation|^nombre |^nb |\btva\b|^taux|revision|subventionnable|^cout|^budget previsionnel|\binitial\b|plafond|annee n 1|precedent|deliberation lien/,
  ],
  ['europeanNotice', 0.97, /\bnotif\w*\b.*\bue\b|^notif\w* ue$|aide etat.*\bue\b|minimis/],
  ['aidRegisterId', 0.95, /\brae\b|repertoire (?:aide|entreprise)|referencement/],
  [
    'ignored',
    0,
    /\b(?:debut|fin|publication|modification|mise jour|saisie|creation|transmi|reglement|naissance)\b|^datepublication/,
  ],
  ['beneficiaryRna', 0.98, /\brna\b|waldec/],
  [
    'inKindCents',
    0.95,
    /(?:estimation|montant|valeur|valorisation|evaluation).*\b(?:en)?nature\b|prestation (?:en)?nature.*valeur|mise (?:a )?disposition.*(?:valorisation|montant|valeur|estimation)/,
  ],
  [
    'inKindDescription',
    0.95,
    /(?:avantage|prestation|contribution|objet aide|detail.*|aide|^subvention) ennature(?: \d)?$|(?:avantage|objet aide|prestation) nature(?: \d)?$|^mise (?:a )?disposition|^prestation diverse/,
  ],
  ['loanCents', 0.95, /\bpret\b/],
  ['guaranteeCents', 0.95, /\bgarantie\b/],
  ['alreadyAwardedCents', 0.9, /\bdeja\b/],
  ['proposedCents', 0.9, /\bpropos\w*\b/],
  [
    'requestedCents',
    0.95,
    /(?:montant|subvention|somme|aide|total)\b.*\b(?:demande|demandee|sollicite|sollicitee)\b|^(?:demande|sollicite)(?: \d{4})?$/,
  ],
  [
    'paymentConditions',
    0.97,
    /(?:condition|modalite).*versement|^subvention versement$|^condition$|^mode versement$|^versement\w*$|periodicite/,
  ],
  [
    'paymentPeriod',
    0.95,
    /date.*(?:versement|periode)|periode.*versement|^periode|\bmandat premier date|date premier mandat|^date paiement$/,
  ],
  ['year', 0.97, /^(?:annee|exercice|millesime)$/],
  ['ignored', 0, /^annee (?:publication|creation)/],
  [
    'year',
    0.85,
    /^(?:annee|exercice) (?!versement)|^(?:subvention|convention|date) (?:annee|exercice)$|^annee\w*$/,
  ],
  ['year', 0.75, /^annee versement$/],
  ['agreedOn', 0.98, /date.*(?:signature )?convention|^convention date$|convention signee/],
  [
    'agreedOn',
    0.85,
    /date.*(?:decision|deliberation|vote|attribution|acte|conseil|commission|\bcp\b|seance|bureau|notification)|^(?:acte|decision|commission|seance|cp)\b.* date|^cp date|^signature convention$|^dateconseil/,
  ],
  ['agreedOn', 0.5, /^date$|^date emission$|^date (?:piece|\d)$/],
  [
    'ignored',
    0,
    /^n (?:tiers|ecriture|piece|bordereau|facture)|code tiers|^code (?!siret|siren)|^nature (?:juridique liquidation|liquidation|projet|structure)|libelle nature|nature code/,
  ],
  [
    'beneficiaryKind',
    0.9,
    /nature juridique|forme juridique|juridique|type (?:beneficiaire|tiers|etablissement|lycee)|categorie (?:beneficiaire|juridique|tiers)|^(?:tiers|association|attrib|beneficiaire) (?:categorie|type)|statut juridique|association type/,
  ],
  [
    'nature',
    0.97,
    /^(?:subvention )?nature(?: (?:subvention|aide|concours|decision))?(?: aide.*)?$/,
  ],
  ['nature', 0.7, /^type (?:avantage|soutien.*|aide|subvention)$|^subvention type$|^aide$/],
  ['grantorId', 0.97, new RegExp(`^${NUMBER} ${GIVER}|${GIVER}.* ${NUMBER}$`)],
  [
    'eitherId',
    0.9,
    /^(?:id|n siret|siret|n siren|siren).* attributaire|^attributaire (?:id|siret)/,
  ],
  [
    'beneficiarySiren',
    0.9,
    new RegExp(`^(?:n |code )?siren(?: ${TAKER}.*)?$|^${TAKER} (?:n )?siren$`),
  ],
  [
    'beneficiarySiret',
    0.97,
    new RegExp(`^${NUMBER}.* ${TAKER}|${TAKER}.* ${NUMBER}$|^siret .*${TAKER}`),
  ],
  [
    'beneficiarySiret',
    0.85,
    /^(?:n |code |n siren )?siret(?: \d)?$|^code siren siret$|^(?:id )?immatriculation$|inscrire n siret/,
  ],
  [
    'grantorName',
    0.97,
    new RegExp(`^nom (?:complet )?${GIVER}\\b|^${GIVER} nom$|^libelle ${GIVER}`),
  ],
  ['grantorName', 0.75, new RegExp(`^${GIVER}(?: principal)?$|^attribuant nom`)],
  ['eitherName', 0.9, /^(?:nom|raison sociale|denomination) attributaire|^attributaire(?: nom)?$/],
  [
    'beneficiaryName',
    0.98,
    /^nom (?:ou )?(?:raison sociale )?(?:officiel )?(?:beneficiaire|association|organisme|tiers|structure|attrib)(?! commune| juridique)/,
  ],
  [
    'beneficiaryName',
    0.95,
    new RegExp(
      `^${TAKER} (?:nom|raison sociale|libelle)$|^raison sociale(?: ${TAKER}.*)?$|^(?:libelle|designation|denomination|libelle complet|intitule|nom complet) ${TAKER}`,
    ),
  ],
  [
    'beneficiaryName',
    0.85,
    /^(?:beneficiaire|association|organisme|structure|tiers|tiers beneficiaire|attributaire|nom raison sociale|nom)(?: \d)?$|^beneficiaire (?:subvention|association)$|^association beneficiaire$/,
  ],
  [
    'beneficiaryName',
    0.6,
    /indiquer nom|^(?:nom|libelle) (?:lycee|copropriete|commune beneficiaire|entreprise|club)|^maitre ouvrage$|^nom tiers|^dossier depose/,
  ],
  ['operatingCents', 0.9, /^(?:montant )?subvention fonctionnement|^montant fonctionnement/],
  ['investmentCents', 0.9, /^(?:montant )?subvention investissement|^montant investissement/],
  [
    'amountCents',
    0.99,
    /^montant(?: total)? subvention(?: (?:ue|\d{4}))?$|^montant(?: total)?(?: \d)?$/,
  ],
  [
    'amountCents',
    0.97,
    new RegExp(
      `^(?:montant|subvention|total|aide)(?: (?:total|subvention|budgetaire))* ${DECIDED}|^subvention montant$|^montant euro|^total montant$`,
    ),
  ],
  [
    'amountCents',
    0.9,
    /^(?:montant )?(?:total )?subvention (?:total|totale|annuelle|indiquee?.*)$|^montant total|^montantsubvention$|^total (?:general|subvention|mandat\w*.*)?$|^realise numeraire/,
  ],
  [
    'amountCents',
    0.85,
    /^montant (?:subvention|aide|fond|budget|calcule|financement|paiement|convention).*$|^(?:subvention|aide)(?: \d{4})?$/,
  ],
  [
    'amountCents',
    0.7,
    /^(?:montant|subvention|bp|ca|dcm|budget|vote|bs)(?: (?:vote|bp|cm))? ?\d{4}$|^\d{4} subvention|^montant bp\d{4}|^budget(?: primitif| annee)$|^budget annee \d{4}$|^attribution/,
  ],
  ['amountCents', 0.7, /^(?:aide |subvention |part )?numeraire(?: \d{4})?$/],
  ['amountCents', 0.5, /^montant\b|\bsomme\b|^aide regionale$|^total\b/],
  ['scheme', 0.9, /\bdispositif\b|^programme libelle|appel projet/],
  [
    'decisionReference',
    0.95,
    /^reference (?:decision|deliberation|acte|administrative|dossier|convention)|^(?:acte|decision|deliberation) reference$/,
  ],
  [
    'decisionReference',
    0.8,
    /^n (?:deliberation|decision|acte|cp|subvention|convention|dossier|mandat|complet engagement)|^(?:decision|deliberation|cp) n$|^dossier code$|^dossier n$|^(?:decision|deliberation)$|^n decision|^reference$|\bej$/,
  ],
  ['ignored', 0, /^objet association|^objet (?:activite|marche|engagement|reuse)/],
  [
    'purpose',
    0.97,
    /^(?:objet|subvention objet)(?: (?:subvention|convention|dossier|demande|projet|aide|mandat|financement))*$/,
  ],
  [
    'purpose',
    0.85,
    /^(?:nom|intitule|titre|libelle|objet) (?:projet|action|objet|subvention|operation)|^(?:titre )?projet$|^intitule|^destination|^association objet$|^association object$|^objectif|^projet objet|^projet|\bobjet\b/,
  ],
  [
    'purpose',
    0.6,
    /^(?:action|libelle|dossier|description(?: ligne| operation)?.*|exemple subvention.*)$/,
  ],
  ['stage', 0.9, /^(?:etape|etat|statut)(?: (?:dossier|demande))?$|^etat avancement/],
  [
    'sector',
    0.85,
    /thematique|^theme|secteur|^domaine|politique|^libelle fonction|competence|^commission(?: nom)?$|^activite/,
  ],
  [
    'sector',
    0.6,
    /^categorie|^sou?s? ?fonction|^fonction$|libelle .*fonction|^association categorie/,
  ],
]

export function meaningOf(header: string): { meaning: HeaderMeaning; confidence: number } {
  const words = headerWords(header).join(' ')
  // A whole sentence in place of a header is a value that slipped up, or a page of text.
  if (words === '' || words.length > 160) return { meaning: 'ignored', confidence: 0 }
  const rule = rules.find(([, , pattern]) => pattern.test(words))
  return rule ? { meaning: rule[0], confidence: rule[1] } : { meaning: 'ignored', confidence: 0 }
}
