import { Button } from 'antd'
import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import { Card } from '../../../ui/page.tsx'
import type { DraftSaver } from './draft-saver.ts'
import type { ShownField } from './shown-field.ts'

/** 两处都改过 — cells that somebody else changed meanwhile: both values, and the writer chooses. */
export function UnmergedCard(props: {
  fields: readonly ShownField[]
  /** How a line is called before its question; nothing for a filing itself. */
  lineName: (line: number) => string
  saver: DraftSaver
}) {
  const { fields, lineName, saver } = props
  const unmerged = saver.unmerged()
  if (unmerged.length === 0) return null
  const more = unmerged.length > shown ? `；共 ${unmerged.length} 处，先列 ${shown} 处` : ''
  return (
    <Card title="有人同时改过这几处" note={`两个值都在，请选定一个${more}`}>
      <ul className="rows">
        {unmerged.slice(0, shown).map(({ line, field: id, yours, now, writtenBy }) => {
          const field = fields.find((each) => each.id === id)
          const tell = (value: string | number | null) =>
            value === null ? '（空）' : field ? writeAnswer(field, value) : String(value)
          return (
            <li key={`${line} ${id}`}>
              <span className="grow">
                {lineName(line)}
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

/** A pasted block can meet another's in thousands of cells; the next come up as these are settled. */
const shown = 50
