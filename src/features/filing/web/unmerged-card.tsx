import { Button } from 'antd'
import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import { Card } from '../../../ui/page.tsx'
import type { FilingShown } from '../contract.ts'
import type { DraftSaver } from './draft-saver.ts'

/** 两处都改过 — cells that somebody else changed meanwhile: both values, and the writer chooses. */
export function UnmergedCard({ filing, saver }: { filing: FilingShown; saver: DraftSaver }) {
  const unmerged = saver.unmerged()
  if (unmerged.length === 0) return null
  const fields = [...filing.form.parts.flatMap((part) => part.fields), ...(filing.form.lines?.fields ?? [])]
  return (
    <Card title="有人同时改过这几处" note="两个值都在，请选定一个">
      <ul className="rows">
        {unmerged.map(({ line, field: id, yours, now, writtenBy }) => {
          const field = fields.find((each) => each.id === id)
          const tell = (value: string | number | null) =>
            value === null ? '（空）' : field ? writeAnswer(field, value) : String(value)
          return (
            <li key={`${line} ${id}`}>
              <span className="grow">
                {line > 0 && `第 ${line} 行`}
                {field?.zh ?? id}：{writtenBy ?? '他人'}填的是 {tell(now)}，您填的是 {tell(yours)}
              </span>
              <Button size="small" onClick={() => saver.settle(line, id, false)}>
                用{tell(now)}
              </Button>
              <Button size="small" type="primary" onClick={() => saver.settle(line, id, true)}>
                用我的 {tell(yours)}
              </Button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
