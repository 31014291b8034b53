import { NOTHING_TO_DO, outcomeTable } from './outcome.ts';

/** Everything went as it should. */
export const SUCCESS = outcomeTable({
  authorization_requested: {
    status: 302,
    title: 'On the way to your PIM',
    next: 'Confirm in your PIM that the App may connect.',
    meaning:
      'The activation URL was opened for a listed PIM; the browser was sent to its authorize page.',
    operator: NOTHING_TO_DO,
  },
  authorization_restarted: {
    status: 302,
    title: 'On the way back to your PIM',
    next: 'Wait a moment: the PIM is asked once more.',
    meaning:
      'The PIM no longer accepted the authorization code (it lives 30 seconds), so the flow was started again, once, without the user noticing.',
    operator:
      'Nothing for a single one. Many of them mean that callbacks are slow: look at the callback duration and at the network between the function and the PIM.',
    cause: 'late-code',
  },
  connected: {
    status: 303,
    title: 'Connected',
    next: 'You can close this tab. The App works with your PIM from now on.',
    meaning: 'The access token was received and saved, and every requested scope was granted.',
    operator: NOTHING_TO_DO,
  },
  connected_with_missing_scopes: {
    status: 303,
    title: 'Connected, with fewer rights than the App asked for',
    next: 'Ask a PIM user who may manage Apps to open the App once and to accept the missing rights. If they see this page as well, tell the people who run this App.',
    meaning:
      'The access token was received and saved, but the PIM granted fewer scopes than requested: the PIM user who opened the App may not grant new ones, or the PIM does not know them.',
    operator:
      'Compare the requested scopes with the granted ones (`connections show`); `connections notify-scopes` makes the PIM prompt its users. If all users of that PIM see this, check that its edition offers the missing scopes.',
  },
  already_connected: {
    status: 200,
    title: 'Already connected',
    next: 'You can close this tab. The App works with your PIM.',
    meaning:
      'A callback was reloaded, or came back in a second tab, and the App has been connected or opened since the attempt began.',
    operator: NOTHING_TO_DO,
  },
  connection_shown: {
    status: 200,
    title: 'Connected',
    next: 'You can close this tab. The App works with your PIM from now on.',
    meaning: 'The page at the end of a successful flow was shown.',
    operator: NOTHING_TO_DO,
  },
});
