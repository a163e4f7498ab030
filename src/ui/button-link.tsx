import { createLink } from '@tanstack/react-router'
import { Button } from 'antd'

/** 按钮样的去处 — leads to a page of this platform and looks like a button: one stop of the keyboard, not a button inside a link. The router keeps `type` for itself: a page's first act says `color="primary" variant="solid"`. */
export const ButtonLink = createLink(Button)
