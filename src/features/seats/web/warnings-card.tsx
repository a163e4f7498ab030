import { Link } from '@tanstack/react-router'
import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { WarningsAnswer } from '../contract.ts'
import { ShowMore } from './show-more.tsx'
import { showUnit } from './show-unit.ts'
import type { SeatsView } from './use-seats-view.ts'

/** 预警与下一步 — the most pressing first; the words open the row; beside them the act, and a scenario in which other assumptions can be tried. */
export function WarningsCard({ view }: { view: SeatsView }) {
  const warnings = useAnswer<WarningsAnswer>('/api/seats/warnings', view.params)
  return (
    <Card title="预警与下一步" note="各学段 · 先缺后余，按提前量排序">
      <Answered query={warnings} rows={6}>
        {(answer) =>
          answer.length === 0 ? (
            <p className="quiet">没有预警：各单位、各学段的需求区间都没有越过现有学位。</p>
          ) : (
            <ShowMore
              lines={answer}
              render={(warning) => (
                <WarningLine
                  key={`${warning.unit.unitId}${warning.stage}${warning.sign}${warning.first}`}
                  {...warning}
                />
              )}
            />
          )
        }
      </Answered>
    </Card>
  )
}

function WarningLine({ unit, stage, sign, lead, first, text, act }: WarningsAnswer[number]) {
  const row = { stage: stage === 'primary' ? undefined : stage, at: `${unit.unitId}@${first}` }
  const draft = ({ asOf, scenario }: Record<string, unknown>) => ({
    asOf,
    scenario,
    county: unit.countyId,
    ...row,
    at: undefined,
    draft: text,
  })
  return (
    <li>
      <span className={`tag ${sign}`} style={{ minWidth: 72, textAlign: 'center' }}>
        {sign === 'shortage' ? '缺' : '余'} · {lead > 0 ? `${lead} 年` : '当年'}
      </span>
      <span className="grow" style={{ minWidth: 220 }}>
        <Link
          className="tall"
          to="."
          resetScroll={false}
          search={((before: object) => ({ ...before, ...row })) as never}
          onClick={showUnit}
        >
          {text}
        </Link>
      </span>
      <span className="quiet">{act}</span>
      <Link className="tall no-print" to={'/scenarios' as never} search={draft as never}>
        换假设试算
      </Link>
    </li>
  )
}
