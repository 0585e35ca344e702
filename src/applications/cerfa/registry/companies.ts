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
  latitude: text,
  longitude: text,
  statut_diffusion_etablissement: text,
})
const shape = z.object({
  results: z.array(
    z.object({
      siren: z.string(),
      nom_complet: text,
      nom_raison_sociale: text,
      sigle: text,
      statut_diffusion: text,
      siege: seat.nullish(),
      matching_etablissements: z.array(seat).nullish(),
      complements: z
        .object({ identifiant_association: text, est_association: z.boolean().nullish() })
        .nullish(),
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
  const found = resultIn(answer, identifier)
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

function resultIn(answer: unknown, identifier: string) {
  return shape
    .parse(answer)
    .results.find(
      ({ siren, complements }) =>
        identifier.startsWith(siren) || complements?.identifiant_association === identifier,
    )
}

export type Point = { latitude: number; longitude: number }

/**
 * Where it puts the establishment of this number, or the seat; to a hundredth of a degree, about a
 * kilometre. Never of one that asked not to be published, nor of a seat at somebody's home.
 */
export function pointByCompanies(answer: unknown, identifier: string): Point | undefined {
  const found = resultIn(answer, identifier)
  if (found?.complements?.est_association !== true || found.statut_diffusion !== 'O')
    return undefined
  const { siege, matching_etablissements: others } = found
  const place = others?.find(({ siret }) => siret === identifier) ?? siege
  if (place?.statut_diffusion_etablissement !== 'O' || isHome(place)) return undefined
  const [latitude, longitude] = [place.latitude, place.longitude].map((text) =>
    text ? Math.round(Number(text) * 100) / 100 : Number.NaN,
  )
  if (latitude === undefined || longitude === undefined) return undefined
  const isPoint = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return isPoint ? { latitude, longitude } : undefined
}

/** « CHEZ M & MME CHOLET » and its like: the seat of an association is often a volunteer's own door. */
function isHome({ complement_adresse, adresse }: z.infer<typeof seat>): boolean {
  return [complement_adresse, adresse].some((line) =>
    /(^|\s)(chez|c\/o|(m|mr|mme|mlle|mmes|monsieur|madame|mademoiselle)\.?\s)/i.test(line ?? ''),
  )
}

function streetOf(address: z.infer<typeof seat>): string {
  const { complement_adresse, numero_voie, indice_repetition, type_voie, libelle_voie } = address
  const street = [numero_voie, indice_repetition, type_voie, libelle_voie].filter(Boolean).join(' ')
  return [complement_adresse, street].filter(Boolean).join(', ') || (address.adresse ?? '')
}
