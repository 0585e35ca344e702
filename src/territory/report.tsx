import { Figure, type Say } from '#platform'
import { type LineRemark, sayRemark } from './grants/index.ts'

export type Report = {
  id: string
  fileName: string
  acceptedCount: number
  refusedCount: number
  refusedLines: LineRemark[]
  doubts: LineRemark[]
}

/** What became of the file: lines kept, lines to mend, lines kept with a doubt. */
export function ImportReport({ report, say, path }: { report: Report; say: Say; path: string }) {
  const { id, fileName, acceptedCount, refusedCount, refusedLines, doubts } = report
  return (
    <>
      <h1 class="ds-heading" data-size="lg">
        {say('territory:report.title')}
      </h1>
      <p class="lead">{say('territory:report.lead', { fileName })}</p>
      <div class="figures">
        <Figure
          label={say('territory:report.accepted')}
          note={say('territory:report.acceptedNote')}
        >
          <span class="num">{acceptedCount}</span>
        </Figure>
        <Figure label={say('territory:report.refused')} note={say('territory:report.refusedNote')}>
          <span class="num">{refusedCount}</span>
        </Figure>
      </div>
      {refusedLines.length > 0 && (
        <>
          <h2 class="ds-heading" data-size="sm">
            {say('territory:report.toMend')}
          </h2>
          <p>
            <a class="ds-link" href={`${path}/baselines/imports/${id}/refusals.csv`}>
              {say('territory:report.download')}
            </a>
          </p>
          <RemarkTable remarks={refusedLines} say={say} caption={say('territory:report.toMend')} />
        </>
      )}
      {doubts.length > 0 && (
        <>
          <h2 class="ds-heading" data-size="sm">
            {say('territory:report.doubts')}
          </h2>
          <RemarkTable remarks={doubts} say={say} caption={say('territory:report.doubts')} />
        </>
      )}
      <p>
        <a class="ds-button" href={`${path}/baselines`}>
          {say('territory:report.years')}
        </a>
      </p>
    </>
  )
}

function RemarkTable({
  remarks,
  say,
  caption,
}: {
  remarks: LineRemark[]
  say: Say
  caption: string
}) {
  const heads = ['line', 'column', 'value', 'reason', 'remedy'] as const
  return (
    <section class="table-scroll" tabindex={0} aria-label={caption}>
      <table class="ds-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col">{say(`grants:refused.${head}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {remarks.map((remark) => (
            <tr>
              <th scope="row">{remark.line}</th>
              <td>{remark.column}</td>
              <td>{remark.value}</td>
              <td>{sayRemark(remark, say, 'reason')}</td>
              <td>{sayRemark(remark, say, 'remedy')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
