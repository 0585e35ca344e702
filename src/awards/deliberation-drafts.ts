import type { CouncilPack, DraftDeliberation, OdtBlock } from '#documents'
import { formatDay, formatEuros, formatHours } from '#kit'
import { type Say, sayIn } from '#platform'

// Acts of the commune are in French, whatever the language of the screen.
const say: Say = sayIn('fr')

type Line = CouncilPack['lines'][number]
type Votable = Pick<CouncilPack, 'lines' | 'budgetLine' | 'hoursCredits'>

/**
 * CGCT art. L.1612-25: a grant with conditions has a deliberation of its own; grants without any may be
 * listed in one annexed state. A line that someone leaves the room for is voted apart as well.
 */
export function draftsFrom(pack: Votable): DraftDeliberation[] {
  const granted = pack.lines.filter(({ amountCents }) => amountCents > 0n)
  const isApart = ({ agreement, recused }: Line) => agreement || recused.length > 0
  const listed = granted.filter((line) => !isApart(line))
  return [
    ...granted.filter(isApart).map((line) => ownDraft(line, pack)),
    ...(listed.length > 0 ? [stateDraft(listed, pack)] : []),
    ...(pack.hoursCredits.length > 0 ? [hoursDraft()] : []),
  ]
}

function ownDraft(line: Line, { budgetLine }: Votable): DraftDeliberation {
  const { association, identifier, object, agreement, recused } = line
  const amount = formatEuros(line.amountCents)
  return {
    title: say('awards:draft.ownTitle', { association }),
    visas: say('awards:draft.visas'),
    considering: [
      say('awards:draft.considering', { association, identifier, object }),
      say('awards:draft.considerCommitment'),
    ],
    decides: [
      say('awards:draft.grants', { association, amount, object }),
      ...(agreement ? [say('awards:draft.agreement')] : []),
      say('awards:draft.report'),
      say('awards:draft.budget', { budgetLine }),
    ],
    state: [],
    recused,
  }
}

function stateDraft(lines: Line[], { budgetLine }: Votable): DraftDeliberation {
  return {
    title: say('awards:draft.stateTitle'),
    visas: say('awards:draft.visas'),
    considering: [say('awards:draft.considerState'), say('awards:draft.considerCommitment')],
    decides: [
      say('awards:draft.grantsState'),
      say('awards:draft.report'),
      say('awards:draft.budget', { budgetLine }),
    ],
    state: lines.map(({ association, identifier, object, amountCents }) => ({
      association,
      identifier,
      object,
      amountCents,
    })),
    recused: [],
  }
}

/** The council takes note of hours: it grants none (DOMAIN 0.1, rule 1). */
function hoursDraft(): DraftDeliberation {
  return {
    title: say('awards:draft.hoursTitle'),
    visas: say('awards:draft.visas'),
    considering: [say('awards:draft.considerHours')],
    decides: [say('awards:draft.takesNote')],
    state: [],
    recused: [],
  }
}

/** The same drafts as a text that the secretary goes on writing. */
export function draftBlocks(pack: Omit<CouncilPack, 'reference'>): OdtBlock[] {
  const session = say('awards:draft.session', { day: formatDay(pack.sessionOn) })
  const credits = pack.hoursCredits.map(({ association, family, minutes }) => [
    association,
    family,
    formatHours(minutes),
  ])
  const annex: OdtBlock[] = [
    { kind: 'heading', level: 2, text: say('awards:draft.annex') },
    { kind: 'paragraph', text: say('awards:draft.annexNote') },
    {
      kind: 'table',
      name: say('awards:draft.annex'),
      head: [
        say('awards:draft.beneficiary'),
        say('awards:draft.family'),
        say('awards:draft.credit'),
      ],
      rows: credits,
    },
  ]
  return [
    { kind: 'heading', level: 1, text: pack.object },
    { kind: 'paragraph', text: `${pack.issuer.name}. ${session}`, isQuiet: true },
    ...pack.drafts.flatMap(blocksOf),
    ...(credits.length > 0 ? annex : []),
  ]
}

function blocksOf(draft: DraftDeliberation, rank: number): OdtBlock[] {
  const who = draft.recused.join(', ')
  const state: OdtBlock = {
    kind: 'table',
    name: `${say('awards:draft.state')} ${rank + 1}`,
    head: [say('awards:draft.beneficiary'), say('awards:draft.object'), say('awards:draft.amount')],
    rows: draft.state.map((line) => [
      `${line.association} (${line.identifier})`,
      line.object,
      formatEuros(line.amountCents),
    ]),
  }
  return [
    { kind: 'heading', level: 2, text: draft.title },
    { kind: 'paragraph', text: draft.visas, isQuiet: true },
    ...draft.considering.map((text): OdtBlock => ({ kind: 'paragraph', text })),
    {
      kind: 'paragraph',
      text: who ? say('awards:draft.deliberatesWithout', { who }) : say('awards:draft.deliberates'),
    },
    { kind: 'list', items: draft.decides },
    ...(draft.state.length > 0 ? [state] : []),
    { kind: 'paragraph', text: say('awards:draft.vote') },
  ]
}
