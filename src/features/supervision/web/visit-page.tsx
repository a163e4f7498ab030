import { Link, useParams } from '@tanstack/react-router'
import { findingPhases } from '../../../kernel/finding.ts'
import { visitKinds } from '../../../kernel/visit-kinds.ts'
import { Attachments } from '../../../ui/attachments.tsx'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { VisitShown } from '../visit-contract.ts'

/** 一次入校 — what was seen and advised, with its photographs, and the way to enter a finding. */
export function VisitPage() {
  const { visitId } = useParams({ strict: false }) as { visitId: string }
  const path = `/api/visits/${visitId}`
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<VisitShown>(path, asOf ? { asOf } : {})
  const visit = query.data
  return (
    <Page
      title={visit ? `${visit.institution} · ${visitKinds[visit.kind]}` : '入校督导'}
      answer={visit && `${visit.visitedOn} 入校，记录人 ${visit.doneBy}。`}
      tools={
        visit?.mayRecord && (
          <>
            <ButtonLink
              to={'/findings/new' as never}
              search={{ institution: visit.institutionId, visit: visitId } as never}
              color="primary"
              variant="solid"
            >
              就发现的问题立项
            </ButtonLink>
            <ButtonLink to={'/findings' as never} search={{ institution: visit.institutionId } as never}>
              该校的问题
            </ButtonLink>
            <ButtonLink to={'/visits' as never} search={{ institution: visit.institutionId } as never}>
              该校历次入校
            </ButtonLink>
          </>
        )
      }
    >
      <Answered query={query} rows={8}>
        {({ seen, advice, findings, mayRecord }) => (
          <>
            <Card title="看到的情况">
              <p style={{ whiteSpace: 'pre-wrap' }}>{seen}</p>
              {advice && <p style={{ whiteSpace: 'pre-wrap' }}>意见建议：{advice}</p>}
            </Card>
            {findings.length > 0 && (
              <Card title="由此立的问题" note={`${findings.length} 个`}>
                <ul className="rows">
                  {findings.map(({ findingId, number, found, phase }) => (
                    <li key={findingId}>
                      <span className="grow">
                        <Link to={`/findings/${findingId}` as never}>{number}</Link>{' '}
                        <span className="quiet">{findingPhases[phase]}</span>
                        <br />
                        {found}
                      </span>
                    </li>
                  ))}
                </ul>
              </Card>
            )}
            <Card title="照片和材料">
              <Attachments
                path={`${path}/attachments`}
                mayKeep={mayRecord}
                accept=".jpg,.jpeg,.png,.webp,.pdf"
                empty="还没有照片和材料。"
              />
            </Card>
          </>
        )}
      </Answered>
    </Page>
  )
}
