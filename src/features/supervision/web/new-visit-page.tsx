import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { chinaDay } from '../../../kernel/china-moment.ts'
import { visitKinds } from '../../../kernel/visit-kinds.ts'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { Choice, Line } from './form-parts.tsx'
import { InstitutionField } from './institution-field.tsx'
import { keepVisit, keptVisit, type VisitDraft } from './kept-visit.ts'

interface Who {
  readonly visitor: { readonly account: string } | null
  readonly site: { readonly generatedUntil?: string }
}

/** 记一次入校 — written on the spot: kept in this browser at every key, sent when there is a line again. */
export function NewVisitPage() {
  const query = useAnswer<Who>('/api/session')
  return (
    <Page
      title="记一次入校"
      answer="在校园里就能写：没有网络时草稿留在本机，恢复后再提交，不会丢也不会重复。"
    >
      <Answered query={query} rows={6}>
        {({ visitor, site }) => (
          <VisitForm account={visitor?.account ?? ''} today={site.generatedUntil ?? chinaDay(new Date())} />
        )}
      </Answered>
    </Page>
  )
}

function VisitForm({ account, today }: { account: string; today: string }) {
  const [asked] = useUrlState('institution', '')
  const [visit, setVisit] = useState<VisitDraft>(() => {
    const fresh = () => ({ ...empty, draft: crypto.randomUUID(), visitedOn: today })
    const kept = keptVisit(account, fresh)
    return asked && kept.seen === '' ? { ...kept, institutionId: asked } : kept
  })
  const navigate = useNavigate()
  const sending = useSend<object, { visitId: number }>('POST', '/api/visits')
  useEffect(() => keepVisit(account, visit), [account, visit])
  const write = (part: Partial<VisitDraft>) => setVisit((before) => ({ ...before, ...part }))
  const send = () => {
    const { institutionId, advice, seen, ...rest } = visit
    sending.mutate(
      {
        ...rest,
        seen: seen.trim(),
        institutionId: Number(institutionId),
        ...(advice.trim() && { advice: advice.trim() }),
      },
      {
        onSuccess: ({ visitId }) => {
          keepVisit(account, undefined)
          navigate({ to: `/visits/${visitId}` } as never)
        },
      },
    )
  }
  return (
    <Card title="入校记录" note={visit.seen || visit.advice ? '草稿已存在本机' : undefined}>
      <Line label="学校（园）">
        <InstitutionField
          value={visit.institutionId}
          onChoose={(institutionId) => write({ institutionId })}
        />
      </Line>
      <Line label="方式">
        <Choice label="方式" value={visit.kind} onChange={(kind) => write({ kind })} names={visitKinds} />
      </Line>
      <Line label="入校日期">
        <Input
          aria-label="入校日期"
          placeholder="2024-09-01"
          value={visit.visitedOn}
          onChange={({ target }) => write({ visitedOn: target.value })}
        />
      </Line>
      <Input.TextArea
        aria-label="看了什么、看到什么"
        placeholder="看了什么、看到什么"
        rows={5}
        maxLength={4000}
        value={visit.seen}
        onChange={({ target }) => write({ seen: target.value })}
      />
      <Input.TextArea
        aria-label="意见建议"
        style={{ marginTop: 10 }}
        placeholder="意见建议（可不填）"
        rows={2}
        maxLength={2000}
        value={visit.advice}
        onChange={({ target }) => write({ advice: target.value })}
      />
      <div className="page-tools" style={{ marginTop: 10 }}>
        <Button
          type="primary"
          loading={sending.isPending}
          disabled={!visit.institutionId || !visit.seen.trim()}
          onClick={send}
        >
          提交
        </Button>
        <span className="quiet">提交后可以拍照上传，也可以就发现的问题立项。</span>
      </div>
      {sending.isPaused && (
        <p className="notice" role="status">
          没有网络：草稿已存在本机，连上后自动提交；关掉页面也不会丢。
        </p>
      )}
      {sending.error && <Problem error={sending.error} />}
    </Card>
  )
}

const empty = { institutionId: '', kind: 'routine', seen: '', advice: '' } as const
