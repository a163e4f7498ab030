import { useParams } from '@tanstack/react-router'
import { Button, Table } from 'antd'
import { stageNames } from '../../../kernel/stage.ts'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import type { DrawLot, DrawShown } from '../draw-contract.ts'

/** 一次抽查 — who was drawn and who goes there, by which rule and seed, and the lot of every school. */
export function DrawPage() {
  const { drawId } = useParams({ strict: false }) as { drawId: string }
  const path = `/api/draws/${drawId}`
  const query = useAnswer<DrawShown>(path)
  const api = useApi()
  const draw = query.data
  return (
    <Page
      title={draw ? `${draw.county}第 ${draw.number} 次抽查：${draw.title}` : '双随机抽查'}
      answer={draw && tellDraw(draw)}
      tools={draw && <Button href={api.href(`${path}/export`)}>导出（抽中名单、底册、复算办法）</Button>}
    >
      <Answered query={query} rows={10}>
        {(shown) => <Drawn draw={shown} />}
      </Answered>
    </Page>
  )
}

function tellDraw({ drawnOn, doneBy, pool, drawn, recomputed, lots, rule }: DrawShown): string {
  const short = lots.filter((lot) => lot.drawn && lot.inspectors.length < rule.inspectorsEach).length
  return `${drawnOn} 由${doneBy}抽取：${pool} 所中抽中 ${drawn} 所。${
    short > 0 ? `其中 ${short} 所因回避或督学不足没有派满 ${rule.inspectorsEach} 人。` : ''
  }${recomputed ? '刚才按存档的底册、规则和种子复算，结果一致。' : '按存档复算与结果不一致，请查明。'}`
}

function Drawn({ draw }: { draw: DrawShown }) {
  const wide = useWide()
  const drawn = draw.lots.filter((lot) => lot.drawn)
  return (
    <>
      <Card title="抽中名单" note={`${drawn.length} 所`}>
        <Lots lots={drawn} inspectors />
      </Card>
      <Card title="规则和种子">
        <Table
          size="small"
          rowKey="0"
          showHeader={false}
          pagination={false}
          dataSource={rulesOf(draw)}
          columns={[
            { dataIndex: '0', width: 96, className: 'quiet' },
            { render: (_, [, words]) => <span style={{ overflowWrap: 'anywhere' }}>{words}</span> },
          ]}
        />
      </Card>
      <Card title="督学" note="回避的学校不派本人">
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={draw.inspectors}
          columns={[
            ...(wide ? [{ title: '编号', dataIndex: 'id', width: 80 }] : []),
            { title: '督学', dataIndex: 'name' },
            { title: '须回避', render: (_, { related }) => related.join('、') || '无' },
            { title: '派往', width: 80, align: 'right', render: (_, { sent }) => `${sent} 所` },
          ]}
        />
      </Card>
      <Card title="底册和签号" note={`${draw.lots.length} 所 · 抽中的在前`}>
        <Lots lots={draw.lots} />
      </Card>
    </>
  )
}

function rulesOf({ seed, seedSource, rule, strata, givenHash }: DrawShown): [string, string][] {
  return [
    ['种子', seed],
    ['种子取自', seedSource],
    ['学段', rule.stages.map((stage) => stageNames[stage]).join('、')],
    [
      '每层抽取',
      `${Number((rule.share * 100).toFixed(4))}%，不足一所的进一：${strata.map((each) => `${each.stratum} ${each.drawn}/${each.schools}`).join('，')}`,
    ],
    ['学校签号', 'SHA-256(种子|学校标识码)，同一层签号小的先抽中'],
    [
      '督学签号',
      `SHA-256(种子|学校标识码|督学编号)，每校 ${rule.inspectorsEach} 人：先派已派得少的，同样多的签号小的先派`,
    ],
    ['底册指纹', givenHash],
  ]
}

/** A lot is told by its beginning; the workbook has it whole. */
const lotShown = 12
const pageSize = 50

function Lots({ lots, inspectors }: { lots: readonly DrawLot[]; inspectors?: true }) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey="institutionId"
      pagination={lots.length > pageSize && { pageSize, showSizeChanger: false }}
      dataSource={[...lots]}
      columns={[
        { title: '学校（园）', dataIndex: 'name' },
        ...(wide ? [{ title: '标识码', dataIndex: 'code', width: 120 }] : []),
        { title: '学段', dataIndex: 'stratum', width: 90 },
        ...(inspectors
          ? [
              {
                title: '检查督学',
                render: (_: unknown, lot: DrawLot) => lot.inspectors.join('、') || '没有可派的督学',
              },
            ]
          : [{ title: '抽中', width: 70, render: (_: unknown, lot: DrawLot) => (lot.drawn ? '抽中' : '') }]),
        ...(wide
          ? [
              {
                title: '签号',
                width: 140,
                render: (_: unknown, { lot }: DrawLot) => <code title={lot}>{lot.slice(0, lotShown)}…</code>,
              },
            ]
          : []),
      ]}
    />
  )
}
