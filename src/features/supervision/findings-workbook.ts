import { lightNames } from '../../kernel/due-light.ts'
import {
  findingCauses,
  findingPhases,
  findingSeverities,
  findingSources,
  supervisionKinds,
} from '../../kernel/finding.ts'
import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { FindingRow } from './contract.ts'

/** 问题台账工作簿 — every line that was asked for; their number is stated above them. */
export function findingsSheet(
  rows: readonly FindingRow[],
  head: { readonly cityName: string; readonly today: string; readonly synthetic: boolean },
): WrittenSheet {
  return {
    name: '问题整改台账',
    captions: [
      `${head.cityName}问题整改台账，截至 ${head.today}，共 ${rows.length} 行`,
      ...(head.synthetic ? ['合成数据：仅供演示，不代表任何真实学校'] : []),
    ],
    columns: [
      { header: '编号', kind: 'text', width: 22 },
      { header: '县（市、区）', kind: 'text', width: 12 },
      { header: '对象', kind: 'text', width: 24 },
      { header: '督导职能', kind: 'text' },
      { header: '来源', kind: 'text', width: 16 },
      { header: '依据', kind: 'text' },
      { header: '问题', kind: 'text', width: 40 },
      { header: '程度', kind: 'text' },
      { header: '责任单位', kind: 'text', width: 24 },
      { header: '责任人', kind: 'text' },
      { header: '成因', kind: 'text' },
      { header: '会办答应办到', kind: 'text' },
      { header: '环节', kind: 'text', width: 18 },
      { header: '期限', kind: 'text' },
      { header: '剩余工作日', kind: 'integer' },
      { header: '灯', kind: 'text' },
      { header: '复发次数', kind: 'integer' },
      { header: '条件已满足', kind: 'text' },
      { header: '提级督办', kind: 'text' },
    ],
    rows: rows.map((row) => [
      row.number,
      row.county,
      row.subject,
      supervisionKinds[row.supervision],
      findingSources[row.source],
      row.item,
      row.found,
      findingSeverities[row.severity],
      row.ownerUnit,
      row.ownerPerson,
      row.cause && findingCauses[row.cause],
      row.promisedOn,
      findingPhases[row.phase],
      row.dueOn,
      row.daysLeft,
      row.light === 'none' ? '' : lightNames[row.light],
      row.relapses,
      row.conditionMet ? '是' : '',
      row.escalated ? '是' : '',
    ]),
  }
}
