import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { Answer } from '../../../kernel/filed-answers.ts'
import { Card } from '../../../ui/page.tsx'
import type { FilingShown } from '../contract.ts'
import { everyField, type ShownField } from './shown-field.ts'

/** 与上次通过相比 — cell by cell, for those who look at the filing: its own last approval, else that of the period before. */
export function DifferenceCard({ filing }: { filing: FilingShown }) {
  const earlier = filing.approved ?? filing.before
  if (!earlier || filing.mayWrite) return null
  const differences = differencesFrom(filing, earlier)
  return (
    <Card
      title={filing.approved ? '与本表上次审核通过相比' : '与上期审核通过相比'}
      note={differences.length === 0 ? '没有不同' : `有 ${differences.length} 处不同`}
    >
      <ul className="rows">
        {differences.slice(0, shown).map(({ line, field, was, now }) => (
          <li key={`${line} ${field.id}`}>
            <span className="grow">
              {line > 0 && `第 ${line} 行`}
              {field.zh}
            </span>
            <span>
              {tell(field, was)} → <b>{tell(field, now)}</b>
              {field.unit && ` ${field.unit}`}
            </span>
          </li>
        ))}
      </ul>
      {differences.length > shown && <p className="quiet">先列 {shown} 处，其余请在表中查看各格沿革。</p>}
    </Card>
  )
}

const shown = 200

interface Difference {
  readonly line: number
  readonly field: ShownField
  readonly was: Answer | undefined
  readonly now: Answer | undefined
}

function differencesFrom(
  { form, cells }: FilingShown,
  earlier: NonNullable<FilingShown['approved']>,
): Difference[] {
  const now = new Map(cells.map(({ line, field, value }) => [`${line} ${field}`, value]))
  const was = new Map<string, Answer>()
  for (const { line, answers } of [{ line: 0, answers: earlier.once }, ...earlier.lines])
    for (const [field, answer] of Object.entries(answers)) was.set(`${line} ${field}`, answer)
  const fields = new Map(everyField(form).map((field) => [field.id, field]))
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((key) => {
    const [line, id] = key.split(' ') as [string, string]
    const field = fields.get(id)
    // What the books know is not the filer's word.
    if (!field || field.shows || was.get(key) === now.get(key)) return []
    return [{ line: Number(line), field, was: was.get(key), now: now.get(key) }]
  })
}

function tell(field: ShownField, answer: Answer | undefined): string {
  return answer === undefined ? '（空）' : writeAnswer(field, answer)
}
