import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import type { Problem } from '../kernel/problem.ts'
import { type CoverageDuty, CoverageDutyShape } from './coverage-duty.ts'
import { type DataCheck, DataCheckShape } from './data-check.ts'
import { type Duty, DutyShape, type Target, TargetShape } from './duty.ts'
import { withFiledStatements } from './filed-statements.ts'
import { type GoldenCase, GoldenCaseShape } from './golden-case.ts'
import { type Indicator, IndicatorShape } from './indicator.ts'
import { type IndicatorRule, IndicatorRuleShape } from './indicator-rule.ts'
import { type KnownDatum, KnownDatumShape } from './known-datum.ts'
import { type Manifest, ManifestShape } from './manifest.ts'
import { NoActShape, type Paper, PaperShape } from './paper.ts'
import { type PaperTemplate, PaperTemplateShape } from './paper-template.ts'
import { breach, readShaped } from './read-shaped.ts'
import { readSources, type Source } from './read-sources.ts'
import { type ReturnForm, ReturnFormShape } from './return-form.ts'
import { type Standard, StandardShape } from './standard.ts'
import { type ViolationList, ViolationListShape } from './violation-list.ts'
import { type WorkCalendar, WorkCalendarShape } from './work-calendar.ts'

/** 带出处的内容 — what a file says, and which file. */
export interface Filed<T> {
  readonly value: T
  readonly file: string
}

/** 一层的内容 — everything one layer's folder says. */
export interface LayerContent {
  readonly manifest: Manifest
  readonly sources: readonly Source[]
  readonly papers: readonly Filed<Paper>[]
  readonly measures: readonly Filed<Duty>[]
  readonly organisation: readonly Filed<Duty>[]
  readonly targets: readonly Filed<Target>[]
  readonly standards: readonly Filed<Standard>[]
  readonly indicators: readonly Filed<Indicator>[]
  readonly known: readonly Filed<KnownDatum>[]
  readonly forms: readonly Filed<ReturnForm>[]
  readonly checks: readonly Filed<DataCheck>[]
  readonly coverage: readonly Filed<CoverageDuty>[]
  readonly indicatorRules: readonly Filed<IndicatorRule>[]
  readonly violations: readonly Filed<ViolationList>[]
  readonly calendar: readonly Filed<WorkCalendar>[]
  readonly cases: readonly Filed<GoldenCase>[]
  readonly templates: readonly Filed<PaperTemplate>[]
}

const rooms = [
  'papers',
  'measures',
  'organisation',
  'targets',
  'standards',
  'method',
  'indicators',
  'known',
  'returns',
  'checks',
  'coverage',
  'indicator-rules',
  'violations',
  'calendar',
  'cases',
  'templates',
]

/**
 * 读取一层 — reads the folder of a layer found under one of the roots.
 *
 * Returns nothing when no root has it; what is wrong with the files is added to `problems`.
 */
export function readLayer(
  roots: readonly string[],
  id: string,
  problems: Problem[],
): LayerContent | undefined {
  const folder = roots.map((root) => join(root, id)).find((each) => existsSync(join(each, 'manifest.yaml')))
  if (!folder) {
    problems.push(
      breach({ file: roots.join('、') }, '', `没有层级“${id}”的 manifest.yaml，请核对文件夹名或 extends`),
    )
    return undefined
  }
  const sources = readSources(folder)
  const read = reader(sources, problems)
  const manifest = read('manifest.yaml', ManifestShape)[0]
  problems.push(...strangers(sources))
  if (!manifest) return undefined
  return {
    manifest: manifest.value,
    sources,
    papers: readPapers(sources, problems),
    measures: read('measures/', DutyShape),
    organisation: read('organisation/', DutyShape),
    targets: read('targets/', TargetShape),
    standards: [...read('standards/', StandardShape), ...read('method/', StandardShape)],
    indicators: read('indicators/', IndicatorShape).map(({ value, file }) => ({
      value: withFiledStatements(value),
      file,
    })),
    known: read('known/', KnownDatumShape),
    forms: read('returns/', ReturnFormShape),
    checks: read('checks/', DataCheckShape),
    coverage: read('coverage/', CoverageDutyShape),
    indicatorRules: read('indicator-rules/', IndicatorRuleShape),
    violations: read('violations/', ViolationListShape),
    calendar: read('calendar/', WorkCalendarShape),
    cases: read('cases/', GoldenCaseShape),
    templates: read('templates/', PaperTemplateShape),
  }
}

function reader(sources: readonly Source[], problems: Problem[]) {
  return <S extends TSchema>(start: string, shape: S): Filed<Static<S>>[] =>
    sources
      .filter((source) => source.path.startsWith(start))
      .flatMap((source) => {
        const shaped = readShaped(shape, source)
        problems.push(...shaped.problems)
        return shaped.value === undefined ? [] : [{ value: shaped.value, file: source.file }]
      })
}

function readPapers(sources: readonly Source[], problems: Problem[]): Filed<Paper>[] {
  const read = reader(sources, problems)
  const heads = sources.filter(({ path }) => /^papers\/.*(?<!\.no-act)\.yaml$/.test(path))
  return heads.flatMap(({ path, file }) => {
    const head = read(path, PaperShape)[0]
    if (!head) return []
    const text = sources.find((source) => source.path === `papers/${head.value.text}`)
    if (!text)
      problems.push(breach({ file }, '/text', `指向的正文 ${head.value.text} 不在同一文件夹，请补上`))
    const noAct = read(path.replace(/\.yaml$/, '.no-act.yaml'), NoActShape)[0]
    return [
      { file, value: { ...head.value, words: text?.content ?? '', noAct: noAct?.value.sentences ?? [] } },
    ]
  })
}

function strangers(sources: readonly Source[]): Problem[] {
  return sources
    .filter(({ path }) => path !== 'manifest.yaml' && !rooms.includes(path.split('/')[0] ?? ''))
    .map((source) => breach(source, '', `不在规定的文件夹（${rooms.join('、')}）内，请移过去或删去`))
}
