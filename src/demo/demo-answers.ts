import type { Answer, Answers, FiledAnswers } from '../kernel/filed-answers.ts'
import type { Field, ReturnForm } from '../plan/index.ts'
import { demoFigures } from './demo-figures.ts'
import type { RandomStream } from './random-stream.ts'

/** 作答根据 — what a generated answer may rest on. */
export interface AnswerGround {
  readonly stream: RandomStream
  /** Answers to the questions asked once that are already decided. */
  readonly given?: Answers
  /** What the subject calls itself, where a question asks for it. */
  readonly name?: string
  /** How large the subject is in the books, by what parts are taken of; of a line, its own answers. */
  readonly sizes?: Sizes
  /** A day within the period, on which things are said to have happened. */
  readonly day: string
  /** Other institutions of the county, and its townships: what fields that point into the registry choose from. */
  readonly institutions: readonly number[]
  readonly units: readonly number[]
  /** Of each line, what tells it from the others, such as its grade and class. */
  readonly lines: readonly Answers[]
}

/** 规模 — pupils, classes and teachers of a school, or of one of its grades. */
export type Sizes = Readonly<Record<string, number | undefined>>

/** 演示填报值（合成数据） — plausible answers to every question that is asked, papers left out. */
export function demoAnswers(form: ReturnForm, ground: AnswerGround): FiledAnswers {
  return {
    once: answersTo(
      form.id,
      form.parts.flatMap(({ fields }) => fields),
      ground.given ?? {},
      ground,
    ),
    lines: form.lines
      ? ground.lines.map((given, at) => ({
          line: at + 1,
          answers: answersTo(form.id, form.lines!.fields, given, ground),
        }))
      : [],
  }
}

function answersTo(formId: string, fields: readonly Field[], given: Answers, ground: AnswerGround): Answers {
  const answers: Record<string, Answer> = {}
  for (const field of fields) {
    const asked = !field.when || field.when.is.includes(String(answers[field.when.field] ?? ''))
    if (field.shows !== undefined || !asked) continue
    const answer = given[field.id] ?? answerTo(formId, field, { ...ground, sizes: sizesOf(ground, given) })
    if (answer !== undefined) answers[field.id] = answer
  }
  return answers
}

function sizesOf({ sizes }: AnswerGround, given: Answers): Sizes {
  const numbers = Object.entries(given).flatMap(([id, value]) =>
    typeof value === 'number' ? [[id, value] as const] : [],
  )
  return { ...sizes, ...Object.fromEntries(numbers) }
}

function answerTo(formId: string, field: Field, ground: AnswerGround): Answer | undefined {
  const { stream, day } = ground
  const figure = demoFigures[`${formId}.${field.id}`]
  if (Array.isArray(figure)) return stream.whole(figure[0], figure[1])
  if (typeof figure === 'string') return figure.replace('{name}', ground.name ?? '')
  if (figure && 'of' in figure) {
    const whole = ground.sizes?.[figure.of]
    const [from, to] = figure.part
    if (whole !== undefined) return Math.floor(whole * stream.between(from, to))
  }
  switch (field.type) {
    case 'count':
    case 'number':
      return stream.whole(field.atLeast ?? 0, Math.min(field.atMost ?? 20, Math.max(20, field.atLeast ?? 0)))
    case 'money':
      return stream.whole(1, 50) * 1_000_000
    case 'date':
      return field.optional ? undefined : day
    case 'code':
      return field.codes?.[0]?.code
    case 'yes-no':
      return stream.next() < 0.9 ? 'yes' : 'no'
    case 'institution':
      return field.optional ? undefined : stream.pick(ground.institutions)
    case 'unit':
      return stream.pick(ground.units)
    case 'text':
      if (/(^|-)doc$/.test(field.id)) return `合成〔${day.slice(0, 4)}〕${stream.whole(1, 99)}号`
      return `${field.zh}（合成数据）`.slice(0, field.maxLength)
    case 'file':
      return undefined
  }
}
