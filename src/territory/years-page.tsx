import { Euros, type Filled, type Language, Submit } from '#platform'
import { TableFileField } from './file-field.tsx'
import type { BaselineYear } from './store.ts'

type Shown = {
  filled: Filled
  years: BaselineYear[]
  language: Language
  path: string
  mayImport: boolean
}

/** The years whose grants are known, and the door for another file. */
export function YearsPage({ filled, years, language, path, mayImport }: Shown) {
  const { say } = filled
  return (
    <>
      <h1 class="ds-heading" data-size="lg">
        {say('territory:years.title')}
      </h1>
      <p class="lead">{say('territory:years.lead')}</p>
      {mayImport && <FileForm filled={filled} path={path} />}
      {years.length > 0 && (
        <section class="table-scroll" tabindex={0} aria-label={say('territory:years.title')}>
          <table class="ds-table">
            <thead>
              <tr>
                <th scope="col">{say('territory:years.year')}</th>
                <th scope="col" class="num">
                  {say('territory:years.lines')}
                </th>
                <th scope="col" class="num">
                  {say('territory:years.cash')}
                </th>
                <th scope="col" class="num">
                  {say('territory:years.unmatched')}
                </th>
              </tr>
            </thead>
            <tbody>
              {years.map(({ year, count, cashCents, unmatchedCents }) => (
                <tr>
                  <th scope="row">
                    <a class="ds-link" href={`${path}/baselines/${year}`}>
                      {year}
                    </a>
                  </th>
                  <td class="num">{count}</td>
                  <td class="num">
                    <Euros value={cashCents} language={language} />
                  </td>
                  <td class="num">
                    <Euros value={unmatchedCents} language={language} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

function FileForm({ filled, path }: { filled: Filled; path: string }) {
  const { say } = filled
  return (
    <form
      class="ds-card stack narrow"
      method="post"
      action={`${path}/baselines/imports`}
      enctype="multipart/form-data"
    >
      <TableFileField
        filled={filled}
        label={say('territory:years.file')}
        hint={say('territory:years.fileHint')}
        accept=".csv,.xls,.xlsx,.ods,.json,.tsv,.txt"
      />
      <Submit>{say('territory:years.put')}</Submit>
    </form>
  )
}
