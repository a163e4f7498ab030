import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { formatNumber } from '../../../ui/figure.tsx'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import { alonePersons, type PupilsAnswer } from '../contract.ts'
import type { ExportRequest } from '../export-contract.ts'
import type { PupilsView } from './use-pupils-view.ts'

/** 导出名单 — of one county or school; more than a hundred people wait for a second person. */
export function ExportForm({ view, answer }: { view: PupilsView; answer: PupilsAnswer }) {
  const [open, setOpen] = useState(false)
  const counties = [...new Set(answer.schools.map(({ countyId }) => countyId))]
  const school = answer.schools.find(({ institutionId }) => String(institutionId) === view.institution)
  const county =
    school?.countyId ?? (view.county ? Number(view.county) : counties.length === 1 ? counties[0] : undefined)
  return (
    <>
      <Button onClick={() => setOpen(true)} disabled={county === undefined || answer.total === 0}>
        导出名单
      </Button>
      {county === undefined && <span className="quiet">导出请先选一个县或学校</span>}
      {open && county !== undefined && (
        <AskExport
          asked={{
            county,
            ...(school && { institution: school.institutionId }),
            ...(view.grade && { grade: view.grade }),
            ...(view.classNo && { classNo: Number(view.classNo) }),
          }}
          persons={answer.total}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function AskExport(props: { asked: object; persons: number; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [plain, setPlain] = useState(false)
  const queries = useQueryClient()
  const send = useSend<object, ExportRequest>('POST', '/api/people/exports')
  const alone = props.persons <= alonePersons && !plain
  const ask = () =>
    send.mutate(
      { ...props.asked, plain, reason },
      {
        onSuccess: () => {
          queries.invalidateQueries({ queryKey: ['/api/people/exports'] })
          props.onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={`导出 ${formatNumber(props.persons)} 人的名单`}
      okText={alone ? '生成名单' : '提交审批'}
      cancelText="取消"
      okButtonProps={{ disabled: reason.trim().length < 4, loading: send.isPending }}
      onOk={ask}
      onCancel={props.onClose}
    >
      <p>
        {alone
          ? '名单不超过 100 人，证件号遮蔽，可以直接下载。'
          : '名单超过 100 人，或要证件号和电话原文，须由第二个人审批后才能下载。'}
        文件的每页、每行都带您的账号和追踪号，名单上每个孩子都会记下这次导出。
      </p>
      <Input.TextArea
        aria-label="导出事由"
        placeholder="用来做什么、交给谁（至少 4 个字）"
        maxLength={200}
        rows={3}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Checkbox style={{ marginTop: 8 }} checked={plain} onChange={(event) => setPlain(event.target.checked)}>
        要证件号和联系电话原文
      </Checkbox>
      {send.error && <Problem error={send.error} />}
    </Modal>
  )
}
