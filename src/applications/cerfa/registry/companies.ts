import { z } from 'zod'

const text = z.string().nullish()
const seat = z.object({
  siret: text,
  adresse: text,
  complement_adresse: text,
  numero_voie: text,
  indice_repetition: text,
  type_voie: text,
  libelle_voie: text,
  code_postal: text,
  libelle_commune: text,
})
const shape = z.object({
  results: z.array(
    z.object({
      siren: z.string(),
      nom_complet: text,
      nom_raison_sociale: text,
      sigle: text,
      siege: seat.nullish(),
      matching_etablissements: z.array(seat).nullish(),
      complements: z.object({ identifiant_association: text }).nullish(),
    }),
  ),
})

/**
 * What Recherche d'entreprises says of this number, by the names of the form; undefined when none of its
 * results bears the number, for it also finds by words.
 */
export function givenByCompanies(
  answer: unknown,
  identifier: string,
): Record<string, string | null | undefined> | undefined {
  const { results } = shape.parse(answer)
  const found = results.find(
    ({ siren, complements }) =>
      identifier.startsWith(siren) || complements?.identifiant_association === identifier,
  )
  if (!found) return undefined
  const { siege, matching_etablissements: others, complements } = found
  const isKnown = [siege, ...(others ?? [])].some((one) => one?.siret === identifier)
  return {
    legalName: found.nom_raison_sociale ?? found.nom_complet,
    acronym: found.sigle,
    siret: isKnown ? identifier : siege?.siret,
    rna: complements?.identifiant_association,
    seatAddress: siege ? streetOf(siege) : undefined,
    seatPostcode: siege?.code_postal,
    seatTown: siege?.libelle_commune,
  }
}

function streetOf(address: z.infer<typeof seat>): string {
  const { complement_adresse, numero_voie, indice_repetition, type_voie, libelle_voie } = address
  const street = [numero_voie, indice_repetition, type_voie, libelle_voie].filter(Boolean).join(' ')
  return [complement_adresse, street].filter(Boolean).join(', ') || (address.adresse ?? '')
}
