/**
 * Button and its twin, a link that looks like one. Both are at least 48 px high; `main` is the one main
 * action of a screen. A button that cannot be used now stays focusable and says why (`whyNot`), because a
 * greyed-out button explains nothing.
 */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon, type IconName } from '../icon/Icon.tsx'

export type ButtonLook = 'strong' | 'quiet' | 'fix' | 'words'

interface Shared {
  readonly children: ComponentChildren
  readonly look?: ButtonLook
  /** Full width and higher: the main action. */
  readonly main?: boolean
  readonly icon?: IconName
}

const classOf = (look: ButtonLook, main: boolean): string =>
  `btn ${look === 'strong' ? '' : look}${main ? ' main' : ''}`.trim()

export interface ButtonProps extends Shared {
  readonly onPress?: () => void
  readonly type?: 'button' | 'submit'
  /** Why it cannot be used now; while set, pressing does nothing and the reason is shown under it. */
  readonly whyNot?: string | undefined
  /** A longer name for screen readers, when the words alone repeat on the page; must begin with the visible words. */
  readonly label?: string
  readonly pressed?: boolean
}

export function Button({
  children,
  look = 'strong',
  main = false,
  icon,
  onPress,
  type = 'button',
  whyNot,
  label,
  pressed,
}: ButtonProps) {
  const id = useId()
  const blocked = whyNot !== undefined
  return (
    <>
      <button
        type={blocked ? 'button' : type}
        class={classOf(look, main)}
        onClick={blocked ? undefined : onPress}
        aria-disabled={blocked || undefined}
        aria-describedby={blocked ? id : undefined}
        aria-label={label}
        aria-pressed={pressed}
      >
        {icon !== undefined && <Icon name={icon} />}
        {children}
      </button>
      {blocked && (
        <p id={id} class="small soft">
          {whyNot}
        </p>
      )}
    </>
  )
}

export interface LinkButtonProps extends Shared {
  readonly href: string
  /** Offers the target as a file of this name instead of going there. */
  readonly download?: string
}

export function LinkButton({ children, look = 'strong', main = false, icon, href, download }: LinkButtonProps) {
  return (
    <a class={classOf(look, main)} href={href} download={download}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </a>
  )
}
