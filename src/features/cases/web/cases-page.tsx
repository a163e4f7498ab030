import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { type Params, useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { CaseList, CaseShown } from '../contract.ts'

/** 案例库 — the cases, and the chosen one with its indicator before and after. */
export function CasesPage() {
  const [asOf] = useUrlState('asOf', '')
  const [chosen, choose] = useUrlState('case', '')
  const params: Params = asOf ? { asOf } : {}
  const query = useAnswer<CaseList>('/api/cases', params)
  return (
    <Page title="案例库" answer={query.data && tellCases(query.data)}>
      <Answered query={query} rows={8}>
        {(cases) =>
          cases.length === 0 ? (
            <Empty
              why="还没有案例。由县（市、区）教育主管部门提出，市教体局审核采纳后成为案例。"
              next={<Link to={'/filing/forms/practice-case' as never}>提出一个案例</Link>}
            />
          ) : (
            <>
              <Card title="案例" note={`${cases.length} 个`}>
                <ul className="rows">
                  {cases.map((each) => (
                    <Row key={each.caseId} each={each} onChoose={() => choose(String(each.caseId))} />
                  ))}
                </ul>
              </Card>
              {chosen !== '' && <CaseCard caseId={chosen} params={params} />}
            </>
          )
        }
      </Answered>
    </Page>
  )
}

const stateWords = { proposed: '待采纳', accepted: '已采纳' } as const

function tellCases(cases: CaseList): string {
  const accepted = cases.filter(({ state }) => state === 'accepted').length
  return `已采纳 ${accepted} 个案例，待采纳 ${cases.length - accepted} 个。成效都由平台按同一指标前后两天的台账算出，不由人填。`
}

function Row({ each, onChoose }: { each: CaseList[number]; onChoose: () => void }) {
  const { title, county, school, itemId, indicator, state } = each
  return (
    <li>
      <span className={state === 'accepted' ? 'tag surplus' : 'tag waiting'}>{stateWords[state]}</span>
      <span className="grow">
        {title}
        <br />
        <span className="quiet">
          {[county, school, itemId, indicator && `看${indicator}`].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Button size="small" aria-label={`看 ${title}`} onClick={onChoose}>
        看成效
      </Button>
    </li>
  )
}

function CaseCard({ caseId, params }: { caseId: string; params: Params }) {
  const query = useAnswer<CaseShown>(`/api/cases/${caseId}`, params)
  return (
    <Answered query={query} rows={6}>
      {(shown) => (
        <Card title={shown.title} note={`${shown.county} · ${stateWords[shown.state]}`}>
          {shown.quote && (
            <p className="quote">
              {shown.itemId} <q>{shown.quote}</q>
            </p>
          )}
          <p style={{ whiteSpace: 'pre-wrap' }}>{shown.story}</p>
          <dl className="facts">
            <Figure name="做之前" figure={shown.before} />
            <Figure name="做之后" figure={shown.after} />
            <div>
              <dt>{shown.indicator ?? '没有选指标'}</dt>
              <dd>
                {shown.effect}
                {shown.definition && <small>口径：{shown.definition}</small>}
              </dd>
            </div>
          </dl>
        </Card>
      )}
    </Answered>
  )
}

function Figure({ name, figure }: { name: string; figure: CaseShown['before'] }) {
  return (
    <div>
      <dt>
        {name}
        {figure && ` ${figure.day}`}
      </dt>
      <dd>
        {figure?.words ?? '缺数据'}
        {figure && (
          <small>
            {figure.kept
              ? `留存序列第 ${figure.kept.seriesId} 号，${chinaMoment(figure.kept.saidAt)} 留存`
              : '按现在的台账算出：没有留存，或留存后台账有更正'}
          </small>
        )}
      </dd>
      {figure?.missing.map((each) => (
        <span className="quiet" key={each}>
          缺{each}
        </span>
      ))}
    </div>
  )
}
