import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { visitKinds } from '../../../kernel/visit-kinds.ts'
import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlChoices, useUrlState } from '../../../ui/use-url-state.ts'
import type { VisitRecords } from '../visit-contract.ts'

/** 入校记录 — the latest visits, each leading to what was seen; of one school alone where it was chosen. */
export function VisitRecordsCard() {
  const [county] = useUrlState('county', '')
  const [institution] = useUrlState('institution', '')
  const [asOf] = useUrlState('asOf', '')
  const choose = useUrlChoices()
  const [whole, setWhole] = useState(false)
  const query = useAnswer<VisitRecords>('/api/visits/records', {
    ...(county && { county }),
    ...(institution && { institution }),
    ...(asOf && { asOf }),
  })
  const all = <Button onClick={() => choose({ institution: undefined })}>看全部学校的</Button>
  return (
    <Card title={`${query.data?.institution ?? ''}入校记录`} note={query.data && tellCount(query.data)}>
      <Answered query={query} rows={3}>
        {({ rows }) => (
          <>
            {rows.length === 0 && (
              <p className="quiet">
                {institution
                  ? '这所学校还没有入校记录。'
                  : '还没有入校记录。督学入校后点“记一次入校”，记录列在这里。'}
              </p>
            )}
            <ul className="rows">
              {(whole || institution ? rows : rows.slice(0, shownFirst)).map(
                ({ visitId, institution: name, kind, visitedOn, seen, doneBy }) => (
                  <li key={visitId}>
                    <span className="grow" style={{ overflowWrap: 'anywhere' }}>
                      <Link to={`/visits/${visitId}` as never}>
                        {visitedOn} {name}
                      </Link>
                      <br />
                      {seen}
                      <br />
                      <span className="quiet">
                        {visitKinds[kind]}，{doneBy}
                      </span>
                    </span>
                  </li>
                ),
              )}
            </ul>
            {institution && all}
            {!institution && !whole && rows.length > shownFirst && (
              <Button onClick={() => setWhole(true)}>再看 {rows.length - shownFirst} 次</Button>
            )}
          </>
        )}
      </Answered>
    </Card>
  )
}

/** The list of schools below is what the page is for. */
const shownFirst = 3

function tellCount({ total, rows }: VisitRecords): string {
  return `共 ${total} 次${total > rows.length ? `，先列最近 ${rows.length} 次` : ''}`
}
