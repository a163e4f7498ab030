import { stageNames } from '../../../kernel/stage.ts'
import type { WrittenSheet } from '../../../platform/sheets/written-sheet.ts'
import type { DrawShown } from '../draw-contract.ts'

const lotWidth = 70

/** 抽查工作簿 — who was drawn, every lot of the list, the inspectors with their ties, and how anybody computes it again. */
export function drawSheets(draw: DrawShown, { synthetic }: { readonly synthetic: boolean }): WrittenSheet[] {
  const head = [
    `${draw.county}第 ${draw.number} 次双随机抽查：${draw.title}，${draw.drawnOn} 抽取`,
    `种子“${draw.seed}”，取自：${draw.seedSource}`,
    ...(synthetic ? ['合成数据：仅供演示，不代表任何真实学校'] : []),
  ]
  const school = [
    { header: '学校（园）', kind: 'text', width: 28 },
    { header: '标识码', kind: 'text', width: 14 },
    { header: '学段', kind: 'text' },
    { header: '签号', kind: 'text', width: lotWidth },
  ] as const
  return [
    {
      name: '抽中名单',
      captions: head,
      columns: [...school, { header: '检查督学', kind: 'text', width: 24 }],
      rows: draw.lots
        .filter(({ drawn }) => drawn)
        .map(({ name, code, stratum, lot, inspectors }) => [name, code, stratum, lot, inspectors.join('、')]),
    },
    {
      name: '底册',
      captions: head,
      columns: [...school, { header: '是否抽中', kind: 'text' }],
      rows: draw.lots.map(({ name, code, stratum, lot, drawn }) => [
        ...[name, code, stratum, lot],
        drawn ? '抽中' : '',
      ]),
    },
    {
      name: '督学名册',
      captions: head,
      columns: [
        { header: '编号', kind: 'integer' },
        { header: '督学', kind: 'text' },
        { header: '须回避的学校', kind: 'text', width: 40 },
        { header: '派往学校数', kind: 'integer' },
      ],
      rows: draw.inspectors.map(({ id, name, related, sent }) => [id, name, related.join('、'), sent]),
    },
    {
      name: '规则与复算',
      captions: head,
      columns: [
        { header: '项目', kind: 'text', width: 18 },
        { header: '内容', kind: 'text', width: 90 },
      ],
      rows: rulesOf(draw),
    },
  ]
}

/** 规则与复算办法 — in words that whoever was not there can follow. */
export function rulesOf({ rule, givenHash }: DrawShown): [string, string][] {
  return [
    ['学段范围', rule.stages.map((stage) => stageNames[stage]).join('、')],
    ['分层', '按县（市、区）和学段分层；一校多学段的，按最高学段只归一层'],
    ['抽取比例', `每层 ${Number((rule.share * 100).toFixed(4))}%，不足一所的进一`],
    ['学校签号', 'SHA-256(种子|学校标识码)，十六进制；每层签号小的先抽中'],
    [
      '督学签号',
      `SHA-256(种子|学校标识码|督学编号)；每校派 ${rule.inspectorsEach} 人，先派已派学校少的，同样多的签号小的先派`,
    ],
    ['回避', '督学不去本人任职的学校和名册写明须回避的学校'],
    ['底册指纹', givenHash],
  ]
}
