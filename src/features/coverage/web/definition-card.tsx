import { Card } from '../../../ui/page.tsx'
import { type DutyGaps, forceWords } from '../contract.ts'

const forceMeanings = {
  must: '应做到：没有做到的列为问题，限期整改。',
  'in-principle': '原则上应做到：没有做到的须写明理由。',
  advance: '要求逐步推进：没有做到的逐个列出、逐步解决，不称违规。',
  encouraged: '属于鼓励：没有做到的只反映占比，不列为问题。',
} as const

/** 任务原文 — the words of the paper, what is counted, and the readings. */
export function DefinitionCard({ gaps }: { gaps: DutyGaps }) {
  return (
    <Card title="任务原文和口径" note={gaps.item}>
      <div className="quote">
        {gaps.item} <q>“{gaps.quote}”</q>
      </div>
      <ul className="rows">
        <li>
          <span className="grow">
            每个 <strong>{gaps.every}</strong> 都有 <strong>{gaps.has}</strong>
          </span>
        </li>
        <li>
          <span className="tag plain">{forceWords[gaps.force]}</span>
          <span className="grow">{forceMeanings[gaps.force]}</span>
        </li>
        {gaps.due && (
          <li>
            <span className="grow">时限：{gaps.due}</span>
          </li>
        )}
        {gaps.readings.map((reading) => (
          <li key={reading.id}>
            <span className="tag plain">读法</span>
            <span className="grow">
              “{reading.of}”：{reading.zh}
              <br />
              <span className="quiet">{reading.differs}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="quiet">应覆盖的对象只取登记簿，不取填报；协议、认定从起始日算起，到截止日当日为止。</p>
    </Card>
  )
}
