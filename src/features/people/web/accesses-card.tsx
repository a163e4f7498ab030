import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Empty } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { type AccessesAnswer, accessActNames, purposeNames, seenNames } from '../contract.ts'

/** 谁看过这个孩子 — every look, the latest first. */
export function AccessesCard({ personId }: { personId: number }) {
  const query = useAnswer<AccessesAnswer>(`/api/people/pupils/${personId}/accesses`)
  return (
    <Answered query={query} rows={6}>
      {(looks) => (
        <Card title="谁看过这个孩子" note={`最近 ${looks.length} 次 · 监护人可以要求查阅`}>
          {looks.length === 0 && <Empty why="还没有人打开过这个孩子的档案。" />}
          <ul className="rows">
            {looks.map(({ at, account, accountName, act, field, purpose }) => (
              <li key={`${at}${account}${field}`}>
                <span className="grow">
                  {accountName}（{account}）
                  <br />
                  <span className="quiet">
                    {accessActNames[act]}
                    {field && `：${words(seenNames, field)}`}
                    {purpose && `；事由：${words(purposeNames, purpose)}`}
                  </span>
                </span>
                <span className="number">{chinaTime(at)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Answered>
  )
}

function words(names: Readonly<Record<string, string>>, key: string): string {
  return names[key] ?? key
}

function chinaTime(at: string): string {
  return chinaMoment(at, 'second')
}
