import type { CoverageDuty } from './coverage-duty.ts'
import type { DataCheck } from './data-check.ts'
import type { Duty, Item, Target } from './duty.ts'
import type { Term } from './glossary.ts'
import type { GoldenCase } from './golden-case.ts'
import type { Indicator } from './indicator.ts'
import type { IndicatorRule } from './indicator-rule.ts'
import type { KnownDatum } from './known-datum.ts'
import type { Manifest } from './manifest.ts'
import type { Paper } from './paper.ts'
import type { PaperTemplate } from './paper-template.ts'
import type { ReturnForm } from './return-form.ts'
import type { Standard } from './standard.ts'
import type { ViolationList } from './violation-list.ts'
import type { WorkCalendar } from './work-calendar.ts'

/** 参数及其层级 — a parameter as one layer gives it. */
export interface LayeredStandard {
  readonly layer: Manifest
  readonly standard: Standard
  /** The file it stands in, relative to the working folder. */
  readonly file: string
}

/**
 * 规划数据 — everything a layer's folder and the layers it extends say, read once and never changed.
 *
 * Measures, targets, organisation and items are the layer's own; everything else is that of all layers,
 * nearest first.
 */
export interface Plan {
  /** SHA-256 over every file read, in the order of their paths: stored beside each published figure. */
  readonly version: string
  readonly layer: Manifest
  /** The layer and those it extends, nearest first. */
  readonly layers: readonly Manifest[]
  readonly papers: ReadonlyMap<string, Paper>
  readonly measures: readonly Duty[]
  readonly organisation: readonly Duty[]
  readonly targets: readonly Target[]
  readonly items: ReadonlyMap<string, Item>
  /** Key → the parameter in each layer that has it, nearest first. */
  readonly standards: ReadonlyMap<string, readonly LayeredStandard[]>
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly known: ReadonlyMap<string, KnownDatum>
  readonly forms: ReadonlyMap<string, ReturnForm>
  readonly checks: ReadonlyMap<string, DataCheck>
  readonly coverage: ReadonlyMap<string, CoverageDuty>
  readonly indicatorRules: ReadonlyMap<string, IndicatorRule>
  readonly violations: ReadonlyMap<string, ViolationList>
  /** 公文模板. */
  readonly templates: ReadonlyMap<string, PaperTemplate>
  /** 放假调休安排 of the years for which they are entered. */
  readonly calendar: readonly WorkCalendar[]
  /** 出处文件 — the file each form, check, duty of coverage, indicator, target and item stands in. */
  readonly fileOf: ReadonlyMap<object, string>
  /** 验算案例 — what indicators must say of books that somebody published. */
  readonly cases: readonly GoldenCase[]
  readonly terms: ReadonlyMap<string, Term>
}
