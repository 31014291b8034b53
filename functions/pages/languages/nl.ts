import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'Open de app vanuit uw PIM. Staat de app bij Verbinden > Verbonden apps, klik daar dan op ‘App openen’; verbind de app anders via Verbinden > App Store.';
const TRY_AGAIN = 'Probeer het opnieuw. Er is niets verloren gegaan.';
const ASK_OPERATOR =
  'Vraag hulp aan het team dat deze app beheert en geef de resultaatcode en de aanvraag-ID door.';
const TRY_LATER = 'Wacht een minuut en probeer het dan opnieuw. Er is niets verloren gegaan.';

/**
 * Dutch, with “u”. The names of the PIM's screens are Akeneo's own.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'Al verbonden',
      next: 'De app werkt met uw PIM. U kunt dit tabblad sluiten.',
    },
    connection_shown: {
      title: 'Verbonden',
      next: 'De app werkt vanaf nu met uw PIM. U kunt dit tabblad sluiten.',
    },
    opened_again: {
      title: 'U bent verbonden',
      next: 'U hoeft hier niets te doen: de app blijft met uw PIM werken. U kunt dit tabblad sluiten.',
    },
    rights_missing: {
      title: 'Er ontbreken machtigingen',
      next: 'De app werkt met de beschikbare machtigingen, maar kan niet alles doen waarvoor deze is gemaakt.',
    },
    shown_before: {
      title: 'Deze poging is voltooid',
      next: 'Deze is al eerder afgerond, misschien in een ander tabblad. In uw PIM ziet u of de app daar nog verbonden is.',
    },
    path_unknown: {
      title: 'Dit adres bestaat niet',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'Dit adres moet vanuit uw PIM worden geopend',
      next: 'Ga in uw PIM naar Verbinden > App Store en klik op ‘Verbinden’, of ga naar Verbinden > Verbonden apps en klik op ‘App openen’.',
    },
    pim_url_repeated: {
      title: 'Dit adres noemt meer dan één PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'Het adres van uw PIM is niet bruikbaar',
      next: 'Vraag de beheerder van uw PIM om de openbare URL van het PIM te controleren: deze moet beginnen met https:// en mag geen gebruikersnaam, ‘?’ of ‘#’ bevatten.',
    },
    pim_not_listed: {
      title: 'Deze app kent uw PIM nog niet',
      next: 'Vraag het team dat deze app beheert om uw PIM toe te voegen. Open daarna de app opnieuw vanuit uw PIM.',
    },
    login_request_malformed: {
      title: 'De aanvraag van de app is niet leesbaar',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'Aanmelden vanuit uw PIM is in deze app niet ingesteld',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'Het antwoord van uw PIM is niet leesbaar',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'Dit adres is alleen via uw PIM te bereiken',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'Deze verbindingspoging is niet bekend',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'Uw browser heeft de cookie niet verzonden',
      next: 'Sta cookies toe voor deze website. Open daarna de app vanuit uw PIM en blijf in dezelfde browser tot u ziet dat de app verbonden is.',
    },
    browser_mismatch: {
      title: 'Deze poging is in een andere browser begonnen',
      next: 'Ga verder in de browser waarin u bent begonnen, of open de app in deze browser vanuit uw PIM.',
    },
    callback_url_mismatch: {
      title: 'Dit antwoord kwam op het verkeerde adres aan',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'Deze poging heeft te lang geduurd',
      next: 'Probeer het opnieuw en bevestig binnen een half uur in uw PIM.',
    },
    flow_already_used: {
      title: 'Deze poging is al eerder gebruikt',
      next: 'Als u de pagina zojuist opnieuw hebt geladen, wacht dan enkele seconden en laad de pagina nogmaals. Begin in andere gevallen opnieuw.',
    },
    authorization_denied: {
      title: 'Het PIM heeft de verbinding niet toegestaan',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'Het antwoord van uw PIM is onvolledig',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'Uw PIM is niet bereikbaar',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Uw PIM deed er te lang over om te antwoorden',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'Het antwoord van uw PIM is niet bruikbaar',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Uw PIM heeft de aanvraag geweigerd',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Uw PIM heeft zijn eigen autorisatie niet op tijd geaccepteerd',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'In uw PIM trad bij het antwoorden een fout op',
      next: 'Probeer het opnieuw. Ziet u deze pagina weer, toon deze dan aan de beheerder van uw PIM: de fout staat in het logboek van het PIM.',
    },
    code_unknown: {
      title: 'Uw PIM kent deze autorisatie niet',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'Uw PIM accepteert de toegangsgegevens van deze app niet',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'Deze app is nog niet volledig ingesteld voor uw PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'De verbinding is intussen beëindigd',
      next: 'Probeer het opnieuw. Vraagt uw PIM dan om een bevestiging, dan was de app daar losgekoppeld en wordt deze opnieuw verbonden.',
    },
    token_not_saved: {
      title: 'De verbinding kon niet worden opgeslagen',
      next: 'Wacht een minuut en probeer het dan opnieuw: dat herstelt de verbinding; er is niets verloren gegaan.',
    },
    store_unavailable: {
      title: 'Deze app heeft op dit moment een probleem',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Er is een fout opgetreden in deze app',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'Uw PIM-account mag deze niet verlenen:',
    noneInPim: 'Uw PIM biedt deze niet aan:',
    notGranted: 'Uw PIM heeft deze niet verleend:',
  },
  sentence: {
    connectedTo: 'De app is verbonden met {pim}.',
    appConnectedTo: '{app} is verbonden met {pim}.',
  },
  next: {
    notYours:
      'Vraag iemand die in uw PIM apps mag beheren om de app één keer te openen en deze machtigingen te verlenen.',
    noneInPim: 'Niemand kan ze in dit PIM verlenen: de versie of editie ervan heeft ze niet.',
    notGranted:
      'Vraag iemand die in uw PIM apps mag beheren om de app één keer te openen. Blijft deze pagina ongewijzigd, dan biedt uw PIM deze machtigingen niet aan.',
  },
  button: {
    openApp: 'App openen',
    openNamedApp: '{app} openen',
    tryAgain: 'Opnieuw proberen',
    backToPim: 'Terug naar uw PIM',
    contactSupport: 'Contact opnemen',
    howToConnect: 'Zo verbindt u een app',
    documentation: 'Documentatie',
    privacy: 'Privacy',
  },
  label: {
    details: 'Technische details',
    pim: 'PIM',
    resultCode: 'Resultaatcode',
    requestId: 'Aanvraag-ID',
    missingScopes: 'Ontbrekende scopes',
    logo: 'Logo van de app',
  },
  tone: {
    success: 'Gelukt',
    attention: 'Let op',
    failure: 'Niet gelukt',
  },
  right: {
    read_products: 'producten bekijken',
    write_products: 'producten bewerken',
    delete_products: 'producten verwijderen',
    read_catalog_structure: 'attributen, families en overige structuur bekijken',
    write_catalog_structure: 'attributen, families en overige structuur bewerken',
    read_attribute_options: 'attribuutopties bekijken',
    write_attribute_options: 'attribuutopties bewerken',
    read_categories: 'categorieën bekijken',
    write_categories: 'categorieën bewerken',
    read_channel_localization: 'talen en valuta’s bekijken',
    read_channel_settings: 'kanalen bekijken',
    write_channel_settings: 'kanalen bewerken',
    read_association_types: 'associatietypes bekijken',
    write_association_types: 'associatietypes bewerken',
    read_catalogs: 'catalogi voor apps bekijken',
    write_catalogs: 'catalogi voor apps bewerken',
    delete_catalogs: 'catalogi voor apps verwijderen',
    read_reference_entities: 'referentie-entiteiten bekijken',
    write_reference_entities: 'referentie-entiteiten bewerken',
    read_reference_entity_records: 'records van referentie-entiteiten bekijken',
    write_reference_entity_records: 'records van referentie-entiteiten bewerken',
    read_asset_families: 'assetfamilies bekijken',
    write_asset_families: 'assetfamilies bewerken',
    read_assets: 'assets bekijken',
    write_assets: 'assets bewerken',
    delete_assets: 'assets verwijderen',
    read_workflows: 'workflows bekijken',
    read_workflow_step_assignees: 'bekijken wie aan een workflowstap werkt',
    read_workflow_tasks: 'workflowtaken bekijken',
    write_workflow_tasks: 'workflowtaken bewerken',
    create_suggestions: 'suggesties doen',
    read_suggestions: 'suggesties bekijken',
    manage_suggestions: 'suggesties accepteren en afwijzen',
    openid: 'weten wie u bent',
    profile: 'uw naam zien',
    email: 'uw e-mailadres zien',
  },
});
