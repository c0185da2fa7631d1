/** Which circle the screens are about, for someone who is in more than one. Never a ranked list: in the order they began. */
import { chosenCircle, circle, open } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { circleName } from './circle-name.ts'
import { go } from '../route.ts'

export function CircleSwitch() {
  const circles = open.value?.circles ?? []
  if (circles.length < 2) return null
  return (
    <div class="strip">
      <label for="circle-switch">{t('shell.circleWith')}</label>
      <select
        id="circle-switch"
        class="input short"
        value={circle.value?.id ?? ''}
        onChange={(event) => {
          chosenCircle.value = event.currentTarget.value
          go('/')
        }}
      >
        {circles.map((each) => (
          <option key={each.id} value={each.id}>
            {circleName(each)}
          </option>
        ))}
      </select>
    </div>
  )
}
