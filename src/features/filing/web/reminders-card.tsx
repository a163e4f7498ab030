import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import type { FilingBoard } from '../contract.ts'
import type { RemindersShown } from '../doubts-contract.ts'

/** 被催报 — seen first on coming in: what was asked for again and is still not handed in. */
export function RemindersCard({ asOf }: { asOf: string }) {
  const { data = [] } = useAnswer<RemindersShown>('/api/filing-reminders', asOf ? { asOf } : {})
  const yours = data.filter((each) => each.yours)
  const others = data.length - yours.length
  if (data.length === 0) return null
  return (
    <Card
      title={yours.length > 0 ? '请尽快报送' : '已催报、还没有报的'}
      note={yours.length > 0 && others > 0 ? `另有下属单位 ${others} 份也在催` : `共 ${data.length} 份`}
    >
      <ul className="rows">
        {(yours.length > 0 ? yours : data).slice(0, shown).map((each) => (
          <li key={`${each.formId} ${each.period.id} ${each.subjectId}`}>
            <span className="grow">
              <span className="tag waiting">催报</span>{' '}
              <Link to={`/filing/forms/${each.formId}` as never} search={{ period: each.period.id } as never}>
                {each.name} · {each.zh} · {each.period.zh}
              </Link>
              <br />
              <span className="quiet">
                截止 {each.dueOn}；{each.remindedBy} {chinaMoment(each.remindedAt)} 催报
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const shown = 10

/** 一键催报 — reminds everyone on the list who has not handed in; told how many, and how many were reminded today already. */
export function RemindButton({ board, refresh }: { board: FilingBoard; refresh: () => void }) {
  const send = useSend<object, { reminded: number; already: number }>('POST', '/api/filing-reminders')
  const owing = board.counties.reduce((sum, { due, submitted }) => sum + due - submitted, 0)
  if (!board.mayRemind || owing === 0) return null
  const remind = () => send.mutate({ formId: board.form.id, period: board.period.id }, { onSettled: refresh })
  return (
    <>
      <Button onClick={remind} loading={send.isPending}>
        一键催报 {owing} 个未报单位
      </Button>
      {send.data && (
        <span role="status">
          已催报 {send.data.reminded} 个单位
          {send.data.already > 0 && `，${send.data.already} 个今天已经催过`}
        </span>
      )}
      {send.error && <Problem error={send.error} />}
    </>
  )
}
