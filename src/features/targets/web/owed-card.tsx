import { Card } from '../../../ui/page.tsx'
import type { BoardTarget, Owed } from '../contract.ts'

/** 缺的数据 — what is not in the books, of which targets, for whom, and who has to supply it. */
export function OwedCard({ owed, targets }: { owed: readonly Owed[]; targets: readonly BoardTarget[] }) {
  const names = new Map(targets.map(({ targetId, zh }) => [targetId, zh]))
  return (
    <Card title="缺的数据" note={`${owed.length} 项`}>
      {owed.length === 0 && <p>各项目标的数据齐全。</p>}
      <ul className="rows">
        {owed.map((each) => (
          <li key={`${each.targetId}${each.of}${each.since}`}>
            <span className="tag waiting">缺数据</span>
            <span className="grow">
              {each.targetId} {names.get(each.targetId)}：{each.of}，由<strong>{each.owedBy}</strong>提供
              <br />
              <span className="quiet">
                {each.since && `${each.since}起，`}
                {each.where.length > 3 ? `${each.where.length} 个单位` : each.where.join('、')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
