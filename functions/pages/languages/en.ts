import type { KnownScope } from '../../pim/scope-catalogue.ts';
import { language, type PageCode } from '../language.ts';

/** Nobody knows here whether the App was ever confirmed in the PIM: until then, it is not among the connected ones. */
const OPEN_FROM_PIM =
  'Open the App from your PIM. If it is in Connect > Connected Apps, click “Open app” there; if not, connect it in Connect > App Store.';
const TRY_AGAIN = 'Try again. Nothing was lost.';
/** Says “result code”, because a PIM has codes of another kind. */
const ASK_OPERATOR =
  'Ask the people who run this App to look at it, and give them the result code and the request ID.';
const TRY_LATER = 'Wait a minute, then try again. Nothing was lost.';

/**
 * English, the model of the other languages: which texts there are, and which placeholders each of them has. The names of
 * the PIM's screens are those of its own interface.
 *
 * Read by: the maintainers.
 */
const texts = {
  /** By what a request ended in: the heading of the page, and what the PIM user does next. */
  outcome: {
    already_connected: {
      title: 'Already connected',
      next: 'The App works with your PIM. You can close this tab.',
    },
    connection_shown: {
      title: 'Connected',
      next: 'The App works with your PIM from now on. You can close this tab.',
    },
    opened_again: {
      title: 'You are connected',
      next: 'There is nothing to do here: the App goes on working with your PIM. You can close this tab.',
    },
    rights_missing: {
      title: 'Some rights are missing',
      next: 'The App works with the rights that it has, and cannot do everything that it is made for.',
    },
    shown_before: {
      title: 'This attempt is complete',
      next: 'It was finished before, maybe in another tab. Your PIM shows whether the App is still in use there.',
    },
    path_unknown: {
      title: 'This address does not exist',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'This address has to be opened from your PIM',
      next: 'In your PIM, go to Connect > App Store and click “Connect”, or to Connect > Connected Apps and click “Open app”.',
    },
    pim_url_repeated: {
      title: 'This address names more than one PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'The address of your PIM cannot be used',
      next: 'Ask your PIM administrator to check the public URL of the PIM: it has to start with https:// and must hold no user name, “?” or “#”.',
    },
    pim_not_listed: {
      title: 'This App does not know your PIM yet',
      next: 'Ask the people who run this App to add your PIM. Then open the App from your PIM again.',
    },
    login_request_malformed: {
      title: 'The App’s request cannot be read',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'This App is not set up to log you in from your PIM',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'The answer of your PIM cannot be read',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'This address has to be reached through your PIM',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'This attempt to connect is not known',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'Your browser did not send its cookie',
      next: 'Allow cookies for this site. Then open the App from your PIM, and stay in one browser until you see that it is connected.',
    },
    browser_mismatch: {
      title: 'This attempt was started in another browser',
      next: 'Go on in the browser where you started, or open the App from your PIM in this one.',
    },
    callback_url_mismatch: {
      title: 'This answer came to the wrong address',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'This attempt took too long',
      next: 'Try again, and confirm in your PIM within half an hour.',
    },
    flow_already_used: {
      title: 'This attempt was used before',
      next: 'If you have just reloaded the page, wait a few seconds and reload it again. Otherwise try again.',
    },
    authorization_denied: {
      title: 'The PIM did not allow the connection',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'The answer of your PIM is incomplete',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'Your PIM could not be reached',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Your PIM took too long to answer',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'Your PIM gave an answer that cannot be used',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Your PIM refused the request',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Your PIM did not accept its own authorization in time',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'Your PIM failed while it answered this App',
      next: 'Try again. If you see this page once more, show it to the administrator of your PIM: the PIM’s own log has the error.',
    },
    code_unknown: {
      title: 'Your PIM does not know this authorization',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'Your PIM does not accept the credentials of this App',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'This App is not completely set up for your PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'The connection has ended meanwhile',
      next: 'Try again. If your PIM then asks you to confirm, the App had been disconnected there, and is connected anew.',
    },
    token_not_saved: {
      title: 'The connection could not be saved',
      next: 'Wait a minute, then try again: that recovers the connection, nothing is lost.',
    },
    store_unavailable: {
      title: 'This App has a problem at the moment',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Something went wrong in this App',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'Your PIM user may not grant:',
    noneInPim: 'Your PIM does not offer:',
    notGranted: 'Your PIM has not granted:',
  },
  sentence: {
    connectedTo: 'The App is connected to {pim}.',
    appConnectedTo: '{app} is connected to {pim}.',
  },
  /** What to do about rights that are missing, by why they are. */
  next: {
    notYours: 'Ask a PIM user who may manage Apps to open the App once and to accept them.',
    noneInPim: 'Nobody can grant them in this PIM: its version or edition does not have them.',
    notGranted:
      'Ask a PIM user who may manage Apps to open the App once. If this page stays as it is, your PIM does not offer them.',
  },
  button: {
    openApp: 'Open the App',
    openNamedApp: 'Open {app}',
    tryAgain: 'Try again',
    backToPim: 'Back to your PIM',
    contactSupport: 'Contact support',
    howToConnect: 'How to connect an App',
    documentation: 'Documentation',
    privacy: 'Privacy',
  },
  label: {
    details: 'Technical details',
    pim: 'PIM',
    resultCode: 'Result code',
    requestId: 'Request ID',
    missingScopes: 'Missing scopes',
    logo: 'Logo of the App',
  },
  tone: {
    success: 'Done',
    attention: 'Please note',
    failure: 'It did not work',
  },
  /** By scope, what the App may do with it. */
  right: {
    read_products: 'view products',
    write_products: 'edit products',
    delete_products: 'delete products',
    read_catalog_structure: 'view attributes, families and other structure',
    write_catalog_structure: 'edit attributes, families and other structure',
    read_attribute_options: 'view attribute options',
    write_attribute_options: 'edit attribute options',
    read_categories: 'view categories',
    write_categories: 'edit categories',
    read_channel_localization: 'view locales and currencies',
    read_channel_settings: 'view channels',
    write_channel_settings: 'edit channels',
    read_association_types: 'view association types',
    write_association_types: 'edit association types',
    read_catalogs: 'view catalogs for Apps',
    write_catalogs: 'edit catalogs for Apps',
    delete_catalogs: 'delete catalogs for Apps',
    read_reference_entities: 'view reference entities',
    write_reference_entities: 'edit reference entities',
    read_reference_entity_records: 'view records of reference entities',
    write_reference_entity_records: 'edit records of reference entities',
    read_asset_families: 'view asset families',
    write_asset_families: 'edit asset families',
    read_assets: 'view assets',
    write_assets: 'edit assets',
    delete_assets: 'delete assets',
    read_workflows: 'view workflows',
    read_workflow_step_assignees: 'view who works on a workflow step',
    read_workflow_tasks: 'view workflow tasks',
    write_workflow_tasks: 'edit workflow tasks',
    create_suggestions: 'make suggestions',
    read_suggestions: 'view suggestions',
    manage_suggestions: 'accept and refuse suggestions',
    openid: 'know who you are',
    profile: 'see your name',
    email: 'see your e-mail address',
  },
} as const satisfies Readonly<Record<string, unknown>> & {
  outcome: Readonly<Record<PageCode, { title: string; next: string }>>;
  right: Readonly<Record<KnownScope, string>>;
};

/** What every other language is held against. */
export type English = typeof texts;

export default language(texts);
