import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'Apra l’app dal Suo PIM. Se si trova in Connetti > App connesse, lì faccia clic su “Apri app”; altrimenti la connetta in Connetti > App Store.';
const TRY_AGAIN = 'Riprovi. Non è andato perso nulla.';
const ASK_OPERATOR =
  'Chieda aiuto al team che gestisce questa app, comunicando il codice di risultato e l’ID della richiesta.';
const TRY_LATER = 'Attenda un minuto e poi riprovi. Non è andato perso nulla.';

/**
 * Italian, with “Lei”. The names of the PIM's screens are Akeneo's own.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'App già connessa',
      next: 'L’app funziona con il Suo PIM. Può chiudere questa scheda.',
    },
    connection_shown: {
      title: 'App connessa',
      next: 'Da ora l’app funziona con il Suo PIM. Può chiudere questa scheda.',
    },
    opened_again: {
      title: 'La connessione è attiva',
      next: 'Qui non occorre fare nulla: l’app continua a funzionare con il Suo PIM. Può chiudere questa scheda.',
    },
    rights_missing: {
      title: 'Mancano alcune autorizzazioni',
      next: 'L’app funziona con le autorizzazioni di cui dispone, ma non può fare tutto ciò per cui è stata creata.',
    },
    shown_before: {
      title: 'Questo tentativo è concluso',
      next: 'È stato completato in precedenza, forse in un’altra scheda. Nel Suo PIM può vedere se l’app è ancora connessa.',
    },
    path_unknown: {
      title: 'Questo indirizzo non esiste',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'Questo indirizzo va aperto dal Suo PIM',
      next: 'Nel Suo PIM, vada in Connetti > App Store e faccia clic su “Connetti”, oppure in Connetti > App connesse e faccia clic su “Apri app”.',
    },
    pim_url_repeated: {
      title: 'Questo indirizzo indica più di un PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'L’indirizzo del Suo PIM non è utilizzabile',
      next: 'Chieda a chi amministra il PIM di verificarne l’URL pubblico: deve iniziare con https:// e non contenere nomi utente, “?” o “#”.',
    },
    pim_not_listed: {
      title: 'Questa app non conosce ancora il Suo PIM',
      next: 'Chieda al team che gestisce questa app di aggiungere il Suo PIM. Poi apra di nuovo l’app dal Suo PIM.',
    },
    login_request_malformed: {
      title: 'La richiesta dell’app non è leggibile',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'L’accesso dal Suo PIM non è configurato in questa app',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'La risposta del Suo PIM non è leggibile',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'A questo indirizzo si arriva solo dal Suo PIM',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'Questo tentativo di connessione non è riconosciuto',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'Il Suo browser non ha inviato il cookie',
      next: 'Consenta i cookie per questo sito. Poi apra l’app dal Suo PIM e non cambi browser finché non vede che è connessa.',
    },
    browser_mismatch: {
      title: 'Questo tentativo è iniziato in un altro browser',
      next: 'Prosegua nel browser in cui ha iniziato, oppure apra l’app in questo, dal Suo PIM.',
    },
    callback_url_mismatch: {
      title: 'Questa risposta è arrivata all’indirizzo sbagliato',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'Questo tentativo è durato troppo',
      next: 'Riprovi e confermi nel Suo PIM entro mezz’ora.',
    },
    flow_already_used: {
      title: 'Questo tentativo è già stato utilizzato',
      next: 'Se ha appena ricaricato la pagina, attenda qualche secondo e la ricarichi ancora. Altrimenti ricominci.',
    },
    authorization_denied: {
      title: 'Il PIM non ha consentito la connessione',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'La risposta del Suo PIM è incompleta',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'Il Suo PIM non è raggiungibile',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Il Suo PIM ha impiegato troppo tempo a rispondere',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'La risposta del Suo PIM non è utilizzabile',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Il Suo PIM ha rifiutato la richiesta',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Il Suo PIM non ha accettato in tempo la propria autorizzazione',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'Si è verificato un errore nel Suo PIM durante la risposta',
      next: 'Riprovi. Se vede di nuovo questa pagina, la mostri a chi amministra il PIM: l’errore si trova nel registro del PIM.',
    },
    code_unknown: {
      title: 'Il Suo PIM non conosce questa autorizzazione',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'Il Suo PIM non accetta le credenziali di questa app',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'Questa app non è del tutto configurata per il Suo PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'Nel frattempo la connessione è terminata',
      next: 'Riprovi. Se il Suo PIM chiede una conferma, l’app era stata disconnessa e viene connessa di nuovo.',
    },
    token_not_saved: {
      title: 'Non è stato possibile salvare la connessione',
      next: 'Attenda un minuto e poi riprovi: la connessione viene ripristinata, non è andato perso nulla.',
    },
    store_unavailable: {
      title: 'Questa app ha un problema in questo momento',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Si è verificato un errore in questa app',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'Il Suo account PIM non può concedere:',
    noneInPim: 'Il Suo PIM non offre:',
    notGranted: 'Il Suo PIM non ha concesso:',
  },
  sentence: {
    connectedTo: 'L’app è connessa a {pim}.',
    appConnectedTo: '{app} è connessa a {pim}.',
  },
  next: {
    notYours:
      'Chieda a una persona che può gestire le app nel PIM di aprire l’app una volta e di concedere queste autorizzazioni.',
    noneInPim: 'In questo PIM nessuno può concederle: la sua versione o edizione non le prevede.',
    notGranted:
      'Chieda a una persona che può gestire le app nel PIM di aprire l’app una volta. Se questa pagina non cambia, il Suo PIM non offre queste autorizzazioni.',
  },
  button: {
    openApp: 'Apri l’app',
    openNamedApp: 'Apri {app}',
    tryAgain: 'Riprova',
    backToPim: 'Torna al Suo PIM',
    contactSupport: 'Contatta l’assistenza',
    howToConnect: 'Come connettere un’app',
    documentation: 'Documentazione',
    privacy: 'Privacy',
  },
  label: {
    details: 'Dettagli tecnici',
    pim: 'PIM',
    resultCode: 'Codice di risultato',
    requestId: 'ID della richiesta',
    missingScopes: 'Scope mancanti',
    logo: 'Logo dell’app',
  },
  tone: {
    success: 'Fatto',
    attention: 'Attenzione',
    failure: 'Non riuscito',
  },
  right: {
    read_products: 'visualizzare i prodotti',
    write_products: 'modificare i prodotti',
    delete_products: 'eliminare i prodotti',
    read_catalog_structure: 'visualizzare attributi, famiglie e altra struttura',
    write_catalog_structure: 'modificare attributi, famiglie e altra struttura',
    read_attribute_options: 'visualizzare le opzioni attributo',
    write_attribute_options: 'modificare le opzioni attributo',
    read_categories: 'visualizzare le categorie',
    write_categories: 'modificare le categorie',
    read_channel_localization: 'visualizzare impostazioni locali e valute',
    read_channel_settings: 'visualizzare i canali',
    write_channel_settings: 'modificare i canali',
    read_association_types: 'visualizzare i tipi di associazione',
    write_association_types: 'modificare i tipi di associazione',
    read_catalogs: 'visualizzare i cataloghi per app',
    write_catalogs: 'modificare i cataloghi per app',
    delete_catalogs: 'eliminare i cataloghi per app',
    read_reference_entities: 'visualizzare le entità di riferimento',
    write_reference_entities: 'modificare le entità di riferimento',
    read_reference_entity_records: 'visualizzare i record delle entità di riferimento',
    write_reference_entity_records: 'modificare i record delle entità di riferimento',
    read_asset_families: 'visualizzare le famiglie di asset',
    write_asset_families: 'modificare le famiglie di asset',
    read_assets: 'visualizzare gli asset',
    write_assets: 'modificare gli asset',
    delete_assets: 'eliminare gli asset',
    read_workflows: 'visualizzare i workflow',
    read_workflow_step_assignees: 'vedere chi lavora a un passaggio di un workflow',
    read_workflow_tasks: 'visualizzare le attività dei workflow',
    write_workflow_tasks: 'modificare le attività dei workflow',
    create_suggestions: 'proporre suggerimenti',
    read_suggestions: 'visualizzare i suggerimenti',
    manage_suggestions: 'accettare e rifiutare i suggerimenti',
    openid: 'sapere chi è Lei',
    profile: 'vedere il Suo nome',
    email: 'vedere il Suo indirizzo e-mail',
  },
});
