import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useCallback } from 'react'
import { chinaDay } from '../../../kernel/china-moment.ts'
import { visitKinds } from '../../../kernel/visit-kinds.ts'
import { Lacking } from '../../../ui/lacking.tsx'
import { missingOf } from '../../../ui/missing-of.ts'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { Choice, Line } from './form-parts.tsx'
import { InstitutionField } from './institution-field.tsx'
import type { VisitDraft } from './kept-visit.ts'
import { useVisitDraft } from './use-visit-draft.ts'
import { VisitPhotos } from './visit-photos.tsx'

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
      answer="在校园里就能写、能拍：没有网络时文字和照片留在本机，恢复后再提交，不会丢也不会重复；传上以后本机不再留存。"
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
  const navigate = useNavigate()
  const onSent = useCallback(
    (visitId: number) => {
      navigate({ to: `/visits/${visitId}` } as never)
    },
    [navigate],
  )
  const fresh = () => ({ ...empty, draft: crypto.randomUUID(), visitedOn: today, institutionId: asked })
  const { visit, write, handIn, sending, ...waiting } = useVisitDraft(account, fresh, onSent)
  const { photos, add, remove, trouble, unread, elsewhere, goOnHere, writeApart } = waiting
  const goesOut = sending.isPending && !sending.isPaused
  const needed = { '学校（园）': visit.institutionId, 入校日期: visit.visitedOn, 看到什么: visit.seen }
  const kept = visit.seen || visit.advice || visit.photographed
  return (
    <Card title="入校记录" note={kept && !elsewhere ? '草稿已存在本机' : undefined}>
      {elsewhere && (
        <div className="notice" role="status">
          <span>这份草稿正在本浏览器的另一个页面里写，或已从那里提交：这一页不再保存，也不提交。</span>
          <Button onClick={goOnHere}>在这里接着写</Button>
        </div>
      )}
      {visit.visitId === undefined ? (
        <VisitWords visit={visit} write={write} disabled={goesOut || elsewhere || visit.tried === true} />
      ) : (
        <p className="notice">文字已经报上，只剩照片没有传完。</p>
      )}
      <VisitPhotos {...{ photos, add, remove, trouble }} disabled={goesOut || elsewhere} />
      <div className="page-tools" style={{ marginTop: 10 }}>
        <Button
          type="primary"
          loading={goesOut}
          disabled={elsewhere || missingOf(needed).length > 0}
          onClick={handIn}
        >
          提交
        </Button>
        {missingOf(needed).length > 0 ? (
          <Lacking of={needed} />
        ) : (
          <span className="quiet">提交后还可以补照片，也可以就发现的问题立项。</span>
        )}
      </div>
      {sending.isPaused && (
        <p className="notice" role="status">
          没有网络：文字和照片已存在本机，连上后自动提交；关掉页面也不会丢，再打开这一页就接着提交。
        </p>
      )}
      {visit.tried && visit.visitId === undefined && !sending.isPending && (
        <p className="notice" role="status">
          文字已经送出，还没有等到平台答复：可能已经报上，先不能改。请有网络时再点“提交”，不会重复。
        </p>
      )}
      {unread && !sending.error && <Problem error={unread} />}
      {sending.error && <NotTaken error={sending.error} writeApart={writeApart} />}
    </Card>
  )
}

/** Words the platform holds otherwise are read there, and what was written since may stand as a visit of its own. */
function NotTaken({ error, writeApart }: { error: AnswerError; writeApart: () => void }) {
  const { refusal } = error
  return (
    <>
      <Problem error={error} />
      {refusal?.code === 'supervision.visit-told-otherwise' && (
        <div className="page-tools" style={{ marginTop: 10 }}>
          <Link to={`/visits/${refusal.facts?.visitId}` as never}>打开已报上的记录</Link>
          <Button onClick={writeApart}>把这里写的另记一次</Button>
        </div>
      )}
    </>
  )
}

function VisitWords(props: {
  visit: VisitDraft
  write: (part: Partial<VisitDraft>) => void
  disabled: boolean
}) {
  const { visit, write, disabled } = props
  return (
    <>
      <Line label="学校（园）">
        <InstitutionField
          value={visit.institutionId}
          onChoose={(institutionId) => write({ institutionId })}
          disabled={disabled}
        />
      </Line>
      <Line label="方式">
        <Choice
          label="方式"
          value={visit.kind}
          onChange={(kind) => write({ kind })}
          names={visitKinds}
          disabled={disabled}
        />
      </Line>
      <Line label="入校日期">
        <Input
          aria-label="入校日期"
          type="date"
          disabled={disabled}
          value={visit.visitedOn}
          onChange={({ target }) => write({ visitedOn: target.value })}
        />
      </Line>
      <Input.TextArea
        aria-label="看了什么、看到什么"
        placeholder="看了什么、看到什么"
        rows={5}
        maxLength={4000}
        disabled={disabled}
        value={visit.seen}
        onChange={({ target }) => write({ seen: target.value })}
      />
      <Input.TextArea
        aria-label="意见建议"
        style={{ marginTop: 10 }}
        placeholder="意见建议（可不填）"
        rows={2}
        maxLength={2000}
        disabled={disabled}
        value={visit.advice}
        onChange={({ target }) => write({ advice: target.value })}
      />
    </>
  )
}

const empty = { kind: 'routine', seen: '', advice: '' } as const
