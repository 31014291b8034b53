import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'Öffnen Sie die App in Ihrem PIM. Steht sie unter Verbinde > Verbundene Apps, klicken Sie dort auf „App öffnen“; wenn nicht, verbinden Sie sie unter Verbinde > App Store.';
const TRY_AGAIN = 'Versuchen Sie es noch einmal. Es ist nichts verloren gegangen.';
const ASK_OPERATOR =
  'Bitten Sie das Team, das diese App betreibt, um Hilfe, und nennen Sie ihm den Ergebniscode und die Anfrage-ID.';
const TRY_LATER =
  'Warten Sie eine Minute, und versuchen Sie es dann noch einmal. Es ist nichts verloren gegangen.';

/**
 * German, with “Sie”. The names of the PIM's screens are Akeneo's own, also where they are odd.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'Bereits verbunden',
      next: 'Die App arbeitet mit Ihrem PIM. Sie können diesen Tab schließen.',
    },
    connection_shown: {
      title: 'Verbunden',
      next: 'Die App arbeitet ab jetzt mit Ihrem PIM. Sie können diesen Tab schließen.',
    },
    opened_again: {
      title: 'Sie sind verbunden',
      next: 'Hier gibt es nichts zu tun: Die App arbeitet weiter mit Ihrem PIM. Sie können diesen Tab schließen.',
    },
    rights_missing: {
      title: 'Einige Berechtigungen fehlen',
      next: 'Die App arbeitet mit den Berechtigungen, die sie hat, kann aber nicht alles tun, wofür sie gemacht ist.',
    },
    shown_before: {
      title: 'Dieser Vorgang ist abgeschlossen',
      next: 'Er wurde schon früher beendet, vielleicht in einem anderen Tab. Ob die App noch verbunden ist, sehen Sie in Ihrem PIM.',
    },
    path_unknown: {
      title: 'Diese Adresse gibt es nicht',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'Diese Adresse muss aus Ihrem PIM geöffnet werden',
      next: 'Klicken Sie in Ihrem PIM unter Verbinde > App Store auf „Verbinde“ oder unter Verbinde > Verbundene Apps auf „App öffnen“.',
    },
    pim_url_repeated: {
      title: 'Diese Adresse nennt mehr als ein PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'Die Adresse Ihres PIM ist nicht verwendbar',
      next: 'Bitten Sie die Administration Ihres PIM, dessen öffentliche URL zu prüfen: Sie muss mit https:// beginnen und darf keinen Benutzernamen, kein „?“ und kein „#“ enthalten.',
    },
    pim_not_listed: {
      title: 'Diese App kennt Ihr PIM noch nicht',
      next: 'Bitten Sie das Team, das diese App betreibt, Ihr PIM hinzuzufügen. Öffnen Sie dann die App noch einmal in Ihrem PIM.',
    },
    login_request_malformed: {
      title: 'Die Anfrage der App ist nicht lesbar',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'Die Anmeldung aus Ihrem PIM ist in dieser App nicht eingerichtet',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'Die Antwort Ihres PIM ist nicht lesbar',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'Diese Adresse ist nur über Ihr PIM erreichbar',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'Dieser Verbindungsversuch ist nicht bekannt',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'Ihr Browser hat das Cookie nicht gesendet',
      next: 'Erlauben Sie Cookies für diese Website. Öffnen Sie dann die App in Ihrem PIM, und verwenden Sie denselben Browser, bis Sie sehen, dass sie verbunden ist.',
    },
    browser_mismatch: {
      title: 'Dieser Versuch begann in einem anderen Browser',
      next: 'Fahren Sie in dem Browser fort, in dem Sie begonnen haben, oder öffnen Sie die App aus Ihrem PIM in diesem Browser.',
    },
    callback_url_mismatch: {
      title: 'Diese Antwort kam an der falschen Adresse an',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'Dieser Versuch hat zu lange gedauert',
      next: 'Versuchen Sie es noch einmal, und bestätigen Sie in Ihrem PIM innerhalb einer halben Stunde.',
    },
    flow_already_used: {
      title: 'Dieser Versuch wurde schon verwendet',
      next: 'Wenn Sie die Seite gerade neu geladen haben, warten Sie einige Sekunden, und laden Sie sie noch einmal neu. Andernfalls beginnen Sie von vorn.',
    },
    authorization_denied: {
      title: 'Das PIM hat die Verbindung nicht erlaubt',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'Die Antwort Ihres PIM ist unvollständig',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'Ihr PIM war nicht erreichbar',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Ihr PIM hat zu lange nicht geantwortet',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'Die Antwort Ihres PIM ist nicht verwendbar',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Ihr PIM hat die Anfrage abgelehnt',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Ihr PIM hat seine eigene Freigabe nicht rechtzeitig angenommen',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'In Ihrem PIM trat bei der Antwort ein Fehler auf',
      next: 'Versuchen Sie es noch einmal. Wenn diese Seite wieder erscheint, zeigen Sie sie der Administration Ihres PIM: Der Fehler steht im Protokoll des PIM.',
    },
    code_unknown: {
      title: 'Ihr PIM kennt diese Freigabe nicht',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'Ihr PIM akzeptiert die Zugangsdaten dieser App nicht',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'Diese App ist für Ihr PIM noch nicht fertig eingerichtet',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'Die Verbindung wurde inzwischen beendet',
      next: 'Versuchen Sie es noch einmal. Wenn Ihr PIM Sie dann um eine Bestätigung bittet, war die App dort getrennt worden; sie wird dann neu verbunden.',
    },
    token_not_saved: {
      title: 'Die Verbindung konnte nicht gespeichert werden',
      next: 'Warten Sie eine Minute, und versuchen Sie es dann noch einmal: Das stellt die Verbindung wieder her. Es ist nichts verloren gegangen.',
    },
    store_unavailable: {
      title: 'Diese App hat im Moment ein Problem',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'In dieser App ist ein Fehler aufgetreten',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'Diese darf Ihr PIM-Benutzerkonto nicht erteilen:',
    noneInPim: 'Diese gibt es in Ihrem PIM nicht:',
    notGranted: 'Diese hat Ihr PIM nicht erteilt:',
  },
  sentence: {
    connectedTo: 'Die App ist mit {pim} verbunden.',
    appConnectedTo: '{app} ist mit {pim} verbunden.',
  },
  next: {
    notYours:
      'Bitten Sie jemanden, der in Ihrem PIM Apps verwalten darf, die App einmal zu öffnen und diese Berechtigungen zu erteilen.',
    noneInPim: 'In diesem PIM kann sie niemand erteilen: Seine Version oder Edition hat sie nicht.',
    notGranted:
      'Bitten Sie jemanden, der in Ihrem PIM Apps verwalten darf, die App einmal zu öffnen. Ändert sich diese Seite nicht, gibt es diese Berechtigungen in Ihrem PIM nicht.',
  },
  button: {
    openApp: 'App öffnen',
    openNamedApp: '{app} öffnen',
    tryAgain: 'Noch einmal versuchen',
    backToPim: 'Zurück zu Ihrem PIM',
    contactSupport: 'Support kontaktieren',
    howToConnect: 'So verbinden Sie eine App',
    documentation: 'Dokumentation',
    privacy: 'Datenschutz',
  },
  label: {
    details: 'Technische Details',
    pim: 'PIM',
    resultCode: 'Ergebniscode',
    requestId: 'Anfrage-ID',
    missingScopes: 'Fehlende Scopes',
    logo: 'Logo der App',
  },
  tone: {
    success: 'Erledigt',
    attention: 'Bitte beachten',
    failure: 'Nicht gelungen',
  },
  right: {
    read_products: 'Produkte anzeigen',
    write_products: 'Produkte bearbeiten',
    delete_products: 'Produkte löschen',
    read_catalog_structure: 'Attribute, Familien und übrige Struktur anzeigen',
    write_catalog_structure: 'Attribute, Familien und übrige Struktur bearbeiten',
    read_attribute_options: 'Attributoptionen anzeigen',
    write_attribute_options: 'Attributoptionen bearbeiten',
    read_categories: 'Kategorien anzeigen',
    write_categories: 'Kategorien bearbeiten',
    read_channel_localization: 'Gebietsschemata und Währungen anzeigen',
    read_channel_settings: 'Kanäle anzeigen',
    write_channel_settings: 'Kanäle bearbeiten',
    read_association_types: 'Verbindungstypen anzeigen',
    write_association_types: 'Verbindungstypen bearbeiten',
    read_catalogs: 'Kataloge für Apps anzeigen',
    write_catalogs: 'Kataloge für Apps bearbeiten',
    delete_catalogs: 'Kataloge für Apps löschen',
    read_reference_entities: 'Referenzentitäten anzeigen',
    write_reference_entities: 'Referenzentitäten bearbeiten',
    read_reference_entity_records: 'Datensätze von Referenzentitäten anzeigen',
    write_reference_entity_records: 'Datensätze von Referenzentitäten bearbeiten',
    read_asset_families: 'Asset-Familien anzeigen',
    write_asset_families: 'Asset-Familien bearbeiten',
    read_assets: 'Assets anzeigen',
    write_assets: 'Assets bearbeiten',
    delete_assets: 'Assets löschen',
    read_workflows: 'Workflows anzeigen',
    read_workflow_step_assignees: 'anzeigen, wer an einem Workflow-Schritt arbeitet',
    read_workflow_tasks: 'Workflow-Aufgaben anzeigen',
    write_workflow_tasks: 'Workflow-Aufgaben bearbeiten',
    create_suggestions: 'Vorschläge machen',
    read_suggestions: 'Vorschläge anzeigen',
    manage_suggestions: 'Vorschläge annehmen und ablehnen',
    openid: 'wissen, wer Sie sind',
    profile: 'Ihren Namen sehen',
    email: 'Ihre E-Mail-Adresse sehen',
  },
});
