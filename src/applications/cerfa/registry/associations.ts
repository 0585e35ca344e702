import { z } from 'zod'

const text = z.string().nullish()
const address = z
  .object({ num_voie: text, type_voie: text, voie: text, cplt_1: text, cp: text, commune: text })
  .nullish()
const shape = z.object({
  identite: z.object({
    nom: text,
    sigle: text,
    id_rna: text,
    id_siren: z.union([z.string(), z.number()]).nullish(),
    id_siret_siege: z.union([z.string(), z.number()]).nullish(),
    date_creat: text,
    util_publique: z.boolean().nullish(),
    impots_commerciaux: z.boolean().nullish(),
  }),
  activites: z.object({ objet: text }).nullish(),
  coordonnees: z
    .object({ adresse_siege: address, adresse_gestion: address, site_web: text })
    .nullish(),
  agrements: z.array(z.object({ type: text, attributeur: text, date_attribution: text })).nullish(),
  affiliations: z.array(z.object({ nom: text })).nullish(),
})

/** What API Association says of this number, by the names of the form; undefined when it knows none such. */
export function givenByAssociations(
  answer: unknown,
  identifier: string,
): Record<string, string | null | undefined> | undefined {
  if (z.object({ erreur: z.unknown() }).safeParse(answer).data?.erreur) return undefined
  const { identite, activites, coordonnees, agrements, affiliations } = shape.parse(answer)
  const siren = String(identite.id_siren ?? '')
  if (identite.id_rna !== identifier && !(siren && identifier.startsWith(siren))) return undefined
  const siret = String(identite.id_siret_siege ?? '')
  const seat = coordonnees?.adresse_siege
  const post = coordonnees?.adresse_gestion
  return {
    legalName: identite.nom,
    // The register cuts what is long: half an acronym is none.
    acronym: identite.sigle?.endsWith('...') ? undefined : identite.sigle,
    rna: identite.id_rna,
    siret: siret || undefined,
    createdOn: existing(identite.date_creat),
    purpose: activites?.objet,
    website: coordonnees?.site_web,
    seatAddress: streetOf(seat),
    seatPostcode: seat?.cp,
    seatTown: seat?.commune,
    postalAddress: streetOf(post),
    postalPostcode: post?.cp,
    postalTown: post?.commune,
    publicUtility: yesOrNo(identite.util_publique),
    commercialTaxes: yesOrNo(identite.impots_commerciaux),
    networks: affiliations?.flatMap(({ nom }) => nom ?? []).join('\n'),
    ...approvalsIn(agrements ?? []),
  }
}

function approvalsIn(
  approvals: NonNullable<z.infer<typeof shape>['agrements']>,
): Record<string, string | null | undefined> {
  const pairs = approvals.slice(0, 3).flatMap(({ type, attributeur, date_attribution }, rank) => [
    [`approval${rank + 1}Kind`, type],
    [`approval${rank + 1}By`, attributeur],
    [`approval${rank + 1}On`, existing(date_attribution)],
  ])
  return Object.fromEntries(pairs)
}

function streetOf(seat: z.infer<typeof address>): string | undefined {
  if (!seat) return undefined
  const street = [seat.num_voie, seat.type_voie, seat.voie].filter(Boolean).join(' ')
  return [seat.cplt_1, street].filter(Boolean).join(', ')
}

/** The register writes the first day of the first year where it knows none. */
function existing(day: string | null | undefined): string | undefined {
  return day && !day.startsWith('0001') ? day : undefined
}

function yesOrNo(value: boolean | null | undefined): string | undefined {
  return value == null ? undefined : value ? 'yes' : 'no'
}
