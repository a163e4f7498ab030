import { useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import {
  findingCauses,
  findingPhases,
  findingSeverities,
  findingSources,
  supervisionKinds,
} from '../../../kernel/finding.ts'
import { Attachments } from '../../../ui/attachments.tsx'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { FindingShown } from '../contract.ts'
import { ActsCard } from './acts-card.tsx'
import { LightTag } from './finding-list.tsx'
import { tellDays } from './finding-words.ts'
import { Timeline } from './timeline.tsx'

/** 整改单 — one finding: what was found, on which words it rests, what was done, and what the reader may do now. */
export function FindingPage() {
  const { findingId } = useParams({ strict: false }) as { findingId: string }
  const path = `/api/findings/${findingId}`
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<FindingShown>(path, asOf ? { asOf } : {})
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: [path] })
  return (
    <Page title={query.data?.number ?? '整改单'} answer={query.data && tellFinding(query.data)}>
      <Answered query={query} rows={12}>
        {(finding) => (
          <div className="grid two-one">
            <div className="grid">
              <BasisCard finding={finding} />
              <ActsCard finding={finding} refresh={refresh} />
              <Card title="佐证材料" note="照片、文件；报送和复核时记下各份的指纹">
                <Attachments
                  path={`${path}/attachments`}
                  mayKeep={finding.mayAttach}
                  accept=".jpg,.jpeg,.png,.webp,.pdf"
                  empty="还没有佐证材料。"
                />
              </Card>
            </div>
            <div className="grid">
              <FactsCard finding={finding} />
              <Timeline finding={finding} />
            </div>
          </div>
        )}
      </Answered>
    </Page>
  )
}

function tellFinding(finding: FindingShown): string {
  const { county, subject, found, phase, conditionMet, relapses } = finding
  return `${subject.startsWith(county) ? subject : `${county}${subject}`}：${found.replace(/[。；]$/, '')}。${findingPhases[phase]}，${tellDays(finding)}${
    relapses > 0 ? `；这是第 ${relapses} 次复发` : ''
  }${conditionMet && phase !== 'closed' ? '；台账显示条件已满足，等人复核' : ''}。`
}

function BasisCard({ finding }: { finding: FindingShown }) {
  const { quote, paper, item, ruleName, remedy } = finding
  return (
    <Card title="依据" note={`任务项 ${item}`}>
      <div className="quote">
        <q>{quote}</q>
        {paper && <div className="quiet">《{paper}》</div>}
      </div>
      {ruleName && <p>判断规则：{ruleName}</p>}
      {remedy && <p>怎么改：{remedy}</p>}
    </Card>
  )
}

function FactsCard({ finding }: { finding: FindingShown }) {
  const { source, supervision, severity, ownerUnit, ownerPerson, cause, dueOn, notice } = finding
  const { conferredOn, promisedOn } = finding
  const facts: readonly (readonly [string, string | null])[] = [
    ['来源', findingSources[source]],
    ['督导职能', supervisionKinds[supervision]],
    ['程度', findingSeverities[severity]],
    ['责任单位', ownerUnit ?? '未交办'],
    ['责任人', ownerPerson],
    ['成因', cause && findingCauses[cause]],
    ['会办', conferredOn && `${conferredOn} 答复，${promisedOn} 前办到`],
    ['交办', finding.assignedOn],
    ['签收', finding.signedOn],
    ['报送整改', finding.answeredOn],
    ['销号', finding.closedOn],
  ]
  return (
    <Card title="办理情况" note={<LightTag light={finding.light} />}>
      <dl className="facts close">
        <div>
          <dt>整改期限</dt>
          <dd style={{ fontSize: 15 }}>
            {dueOn ?? '未定'}
            {finding.extensions > 0 && <small> 已延期 {finding.extensions} 次</small>}
          </dd>
        </div>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd style={{ fontSize: 15 }}>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {finding.visits.map(({ visitId, visitedOn, doneBy }) => (
        <p key={visitId}>
          <Link to={`/visits/${visitId}` as never}>
            {visitedOn} 入校记录（{doneBy}）
          </Link>
        </p>
      ))}
      {notice && (
        <p>
          <Link to={'/papers' as never} search={{ template: notice, about: finding.findingId } as never}>
            拟整改通知书
          </Link>
        </p>
      )}
    </Card>
  )
}
