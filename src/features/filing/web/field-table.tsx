import { Button } from 'antd'
import { isAsked } from '../../../engines/filing/judge-filing.ts'
import { readAnswer, writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { FilingShown, FormShown } from '../contract.ts'
import { CellInput } from './cell-input.tsx'
import { cellRemarks, cellText, type ShownField } from './cells.ts'
import type { DraftSaver } from './draft-saver.ts'

/** 字段表 — the fields of one part under each other: the question, the answer, last time's, what is wrong. */
export function FieldTable(props: {
  part: FormShown['parts'][number]
  filing: FilingShown
  saver: DraftSaver
}) {
  const { part, filing, saver } = props
  const answers = Object.fromEntries(
    filing.form.parts.flatMap(({ fields }) => fields.map((field) => [field.id, codeOf(field, saver)])),
  )
  const asked = part.fields.filter((field) => isAsked(field, answers))
  const below = (at: number) =>
    asked.slice(at).flatMap(({ id, shows }) => (shows ? [] : [[{ line: 0, field: id }]]))
  return (
    <div className="filing-fields">
      {asked.map((field, at) => (
        <FieldRow key={field.id} field={field} filing={filing} saver={saver} places={() => below(at)} />
      ))}
    </div>
  )
}

function FieldRow(props: {
  field: ShownField
  filing: FilingShown
  saver: DraftSaver
  places: () => readonly (readonly { line: number; field: string }[])[]
}) {
  const { field, filing, saver, places } = props
  const remarks = cellRemarks(filing, saver, 0, field.id)
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
          <Known field={field} filing={filing} />
        ) : (
          <CellInput
            filing={filing}
            saver={saver}
            line={0}
            field={field}
            wrong={remarks.some(({ severity }) => severity === 'error')}
            places={places}
          />
        )}
        {remarks.map(({ says, severity }) => (
          <p key={says} className={`filing-remark ${severity}`}>
            {says}
          </p>
        ))}
      </div>
      <Before field={field} filing={filing} saver={saver} />
    </div>
  )
}

function Known({ field, filing }: { field: ShownField; filing: FilingShown }) {
  const known = filing.known[field.id]
  return (
    <span>
      {known?.value == null ? <span className="tag waiting">缺数据</span> : writeAnswer(field, known.value)}
      <span className="quiet">　来自{known?.origin ?? '台账'}，不用填</span>
    </span>
  )
}

/** What was approved one period before, to be taken over with one touch. */
function Before({ field, filing, saver }: { field: ShownField; filing: FilingShown; saver: DraftSaver }) {
  const before = filing.before?.once[field.id]
  if (before === undefined || field.shows || field.freshEachTime) return <div />
  const text = writeAnswer(field, before)
  return (
    <div className="quiet">
      上期 {text}
      {filing.mayWrite && cellText(saver, 0, field) === '' && (
        <Button size="small" type="link" onClick={() => saver.write(0, field.id, text)}>
          采用
        </Button>
      )}
    </div>
  )
}

/** What conditions are compared with: the answer that is being written, where it can be read. */
function codeOf(field: ShownField, saver: DraftSaver): string | undefined {
  const read = readAnswer(field, cellText(saver, 0, field))
  return 'answer' in read ? String(read.answer) : undefined
}
