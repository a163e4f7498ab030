import { Button } from 'antd'
import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { FormShown } from '../form-contract.ts'
import { CellInput } from './cell-input.tsx'
import { CellHistory, CellMarking } from './cell-note.tsx'
import { cellRemarks, cellText, type Desk, originOf, worst } from './cells.ts'
import { isAskedHere } from './judge-here.ts'
import { cellKey } from './kept-draft.ts'
import { ReturnRemarking } from './return-remarking.tsx'
import type { ShownField } from './shown-field.ts'

/** 字段表 — the fields of one part under each other: the question, the answer, last time's, what is wrong. */
export function FieldTable({ part, desk }: { part: FormShown['parts'][number]; desk: Desk }) {
  const asked = part.fields.filter((field) => isAskedHere(desk.judged, 0, field))
  const below = (at: number) => asked.slice(at).flatMap(({ id, shows }) => (shows ? [] : [id]))
  return (
    <div className="filing-fields">
      {asked.map((field, at) => (
        <FieldRow key={field.id} field={field} desk={desk} below={() => below(at)} />
      ))}
    </div>
  )
}

function FieldRow(props: { field: ShownField; desk: Desk; below: () => readonly string[] }) {
  const { field, desk, below } = props
  const remarks = cellRemarks(desk, 0, field.id)
  return (
    <div className="filing-field">
      <div>
        <b>{field.zh}</b>
        {field.unit && <span className="quiet">（{field.unit}）</span>}
        <br />
        <span className="quiet">{field.ask}</span>
      </div>
      <div>
        {field.shows ? (
          <Known field={field} desk={desk} />
        ) : (
          <CellInput desk={desk} field={field} wrong={worst(remarks) === 'error'} below={below} />
        )}
        {remarks.map(({ says, severity }) => (
          <p key={says} className={`filing-remark ${severity}`}>
            {says}
          </p>
        ))}
      </div>
      {field.shows ? <div /> : <Beside field={field} desk={desk} />}
    </div>
  )
}

function Known({ field, desk }: { field: ShownField; desk: Desk }) {
  const known = desk.filing.known[field.id]
  return (
    <span>
      {known?.value == null ? <span className="tag waiting">缺数据</span> : writeAnswer(field, known.value)}
      <span className="quiet">　来自{known?.origin ?? '台账'}，不用填</span>
    </span>
  )
}

/** Its past, and what was approved one period before, to be taken over with one touch. */
function Beside({ field, desk }: { field: ShownField; desk: Desk }) {
  const { filing, saver } = desk
  const before = field.freshEachTime ? undefined : filing.before?.once[field.id]
  const text = before === undefined ? undefined : writeAnswer(field, before)
  const found = filing.cells.find((each) => each.line === 0 && each.field === field.id)
  const untouched = !saver.draft.has(cellKey(0, field.id)) && originOf(filing, found?.origin)
  return (
    <div className="quiet">
      {untouched && <span className="tag plain">{untouched}带出</span>}
      {text !== undefined && !untouched && `上期 ${text}`}
      {text !== undefined && filing.mayWrite && cellText(saver, 0, field) === '' && (
        <Button size="small" type="link" onClick={() => saver.write(0, field.id, text)}>
          采用
        </Button>
      )}
      <CellHistory desk={desk} line={0} field={field} />
      <CellMarking desk={desk} line={0} field={field} />
      <ReturnRemarking desk={desk} line={0} field={field} />
    </div>
  )
}
