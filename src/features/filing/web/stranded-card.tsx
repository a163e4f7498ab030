import { Button } from 'antd'
import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import { Card } from '../../../ui/page.tsx'
import type { DraftSaver } from './draft-saver.ts'
import { placeOf } from './kept-draft.ts'
import type { ShownField } from './shown-field.ts'

/**
 * 存不下的值 — what was written here while the filing could still be written and did not reach the platform in time: it
 * stays on this machine, and goes out by itself should the filing come back; or its writer lets go of it.
 */
export function StrandedCard(props: {
  fields: readonly ShownField[]
  /** How a line is called before its question; nothing for a filing itself. */
  lineName: (line: number) => string
  saver: DraftSaver
  mayWrite: (line: number) => boolean
}) {
  const { fields, lineName, saver, mayWrite } = props
  const stranded = [...saver.draft]
    .map(([key, { written }]) => ({ ...placeOf(key), written }))
    .filter(({ line }) => !mayWrite(line))
  if (stranded.length === 0) return null
  const more = stranded.length > shown ? `；共 ${stranded.length} 处，先列 ${shown} 处` : ''
  return (
    <Card
      title="这几处没有存下"
      note={`填报单已经提交或锁定，现在不能写。您写的留在本机：退回后自动补存，不要了就放弃${more}`}
    >
      <ul className="rows">
        {stranded.slice(0, shown).map(({ line, field: id, written }) => {
          const field = fields.find((each) => each.id === id)
          const stands = saver.standing(line, id)
          return (
            <li key={`${line} ${id}`}>
              <span className="grow">
                {lineName(line)}
                {field?.zh ?? id}：您写的是 {written === '' ? '（空）' : written}，平台上是{' '}
                {stands === null ? '（空）' : field ? writeAnswer(field, stands) : stands}
              </span>
              <Button size="small" onClick={() => saver.giveUp([{ line, field: id }])}>
                放弃
              </Button>
            </li>
          )
        })}
      </ul>
      {stranded.length > 1 && (
        <Button onClick={() => saver.giveUp(stranded)}>{`全部放弃（${stranded.length} 处）`}</Button>
      )}
    </Card>
  )
}

/** A pasted block can strand in thousands of cells. */
const shown = 50
