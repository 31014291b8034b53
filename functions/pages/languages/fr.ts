import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'Ouvrez l’app depuis votre PIM. Si elle figure dans Connect > Apps connectées, cliquez sur « Ouvrir l’app » dans cette liste ; sinon, connectez-la dans Connect > App Store.';
const TRY_AGAIN = 'Réessayez. Rien n’a été perdu.';
const ASK_OPERATOR =
  'Demandez de l’aide à l’équipe qui gère cette app, en lui indiquant le code de résultat et l’ID de la requête.';
const TRY_LATER = 'Patientez une minute, puis réessayez. Rien n’a été perdu.';

/**
 * French, with “vous” and its narrow no-break spaces. The names of the PIM's screens are Akeneo's own.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'App déjà connectée',
      next: 'L’app fonctionne avec votre PIM. Vous pouvez fermer cet onglet.',
    },
    connection_shown: {
      title: 'App connectée',
      next: 'L’app fonctionne désormais avec votre PIM. Vous pouvez fermer cet onglet.',
    },
    opened_again: {
      title: 'La connexion est active',
      next: 'Vous n’avez rien à faire ici : l’app continue de fonctionner avec votre PIM. Vous pouvez fermer cet onglet.',
    },
    rights_missing: {
      title: 'Certains droits manquent',
      next: 'L’app fonctionne avec les droits dont elle dispose, mais ne peut pas faire tout ce pour quoi elle est conçue.',
    },
    shown_before: {
      title: 'Cette tentative est terminée',
      next: 'Elle s’est déjà achevée, peut-être dans un autre onglet. Votre PIM indique si l’app y est toujours connectée.',
    },
    path_unknown: {
      title: 'Cette adresse n’existe pas',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'Cette adresse doit être ouverte depuis votre PIM',
      next: 'Dans votre PIM, allez dans Connect > App Store et cliquez sur « Connecter », ou dans Connect > Apps connectées et cliquez sur « Ouvrir l’app ».',
    },
    pim_url_repeated: {
      title: 'Cette adresse désigne plusieurs PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'L’adresse de votre PIM est inutilisable',
      next: 'Demandez aux personnes qui administrent votre PIM d’en vérifier l’URL publique : elle doit commencer par https:// et ne contenir ni nom d’utilisateur, ni « ? », ni « # ».',
    },
    pim_not_listed: {
      title: 'Cette app ne connaît pas encore votre PIM',
      next: 'Demandez à l’équipe qui gère cette app d’ajouter votre PIM. Ouvrez ensuite de nouveau l’app depuis votre PIM.',
    },
    login_request_malformed: {
      title: 'La demande de l’app est illisible',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'L’identification depuis votre PIM n’est pas configurée dans cette app',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'La réponse de votre PIM est illisible',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'Cette adresse n’est accessible que depuis votre PIM',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'Cette tentative de connexion est inconnue',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'Votre navigateur n’a pas envoyé son cookie',
      next: 'Autorisez les cookies pour ce site. Ouvrez ensuite l’app depuis votre PIM et gardez le même navigateur jusqu’à ce qu’elle apparaisse comme connectée.',
    },
    browser_mismatch: {
      title: 'Cette tentative a commencé dans un autre navigateur',
      next: 'Continuez dans le navigateur où vous avez commencé, ou ouvrez l’app dans celui-ci, depuis votre PIM.',
    },
    callback_url_mismatch: {
      title: 'Cette réponse est arrivée à la mauvaise adresse',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'Cette tentative a pris trop de temps',
      next: 'Réessayez, et confirmez dans votre PIM en moins d’une demi-heure.',
    },
    flow_already_used: {
      title: 'Cette tentative a déjà été utilisée',
      next: 'Si vous venez de recharger la page, attendez quelques secondes et rechargez-la encore une fois. Sinon, recommencez.',
    },
    authorization_denied: {
      title: 'Le PIM n’a pas autorisé la connexion',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'La réponse de votre PIM est incomplète',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'Votre PIM est injoignable',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Votre PIM a mis trop de temps à répondre',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'La réponse de votre PIM est inutilisable',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Votre PIM a refusé la requête',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Votre PIM n’a pas accepté à temps sa propre autorisation',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'Une erreur s’est produite dans votre PIM pendant sa réponse',
      next: 'Réessayez. Si cette page réapparaît, montrez-la aux personnes qui administrent votre PIM : l’erreur figure dans le journal du PIM.',
    },
    code_unknown: {
      title: 'Votre PIM ne connaît pas cette autorisation',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'Votre PIM n’accepte pas les identifiants de cette app',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'Cette app n’est pas entièrement configurée pour votre PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'La connexion a pris fin entre-temps',
      next: 'Réessayez. Si votre PIM vous demande alors une confirmation, c’est que l’app y avait été déconnectée ; elle sera connectée de nouveau.',
    },
    token_not_saved: {
      title: 'La connexion n’a pas pu être enregistrée',
      next: 'Patientez une minute, puis réessayez : la connexion sera rétablie, rien n’a été perdu.',
    },
    store_unavailable: {
      title: 'Cette app rencontre un problème en ce moment',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Une erreur s’est produite dans cette app',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'Votre compte PIM ne peut pas accorder :',
    noneInPim: 'Votre PIM ne propose pas :',
    notGranted: 'Votre PIM n’a pas accordé :',
  },
  sentence: {
    connectedTo: 'L’app est connectée à {pim}.',
    appConnectedTo: '{app} est connectée à {pim}.',
  },
  next: {
    notYours:
      'Demandez à une personne autorisée à gérer les apps dans le PIM d’ouvrir l’app une fois et d’accorder ces droits.',
    noneInPim:
      'Personne ne peut les accorder dans ce PIM : sa version ou son édition ne les comporte pas.',
    notGranted:
      'Demandez à une personne autorisée à gérer les apps dans le PIM d’ouvrir l’app une fois. Si cette page reste inchangée, votre PIM ne propose pas ces droits.',
  },
  button: {
    openApp: 'Ouvrir l’app',
    openNamedApp: 'Ouvrir {app}',
    tryAgain: 'Réessayer',
    backToPim: 'Revenir à votre PIM',
    contactSupport: 'Contacter le support',
    howToConnect: 'Comment connecter une app',
    documentation: 'Documentation',
    privacy: 'Confidentialité',
  },
  label: {
    details: 'Détails techniques',
    pim: 'PIM',
    resultCode: 'Code de résultat',
    requestId: 'ID de la requête',
    missingScopes: 'Scopes manquants',
    logo: 'Logo de l’app',
  },
  tone: {
    success: 'Terminé',
    attention: 'À noter',
    failure: 'Échec',
  },
  right: {
    read_products: 'voir les produits',
    write_products: 'éditer les produits',
    delete_products: 'supprimer des produits',
    read_catalog_structure: 'voir les attributs, familles et autres structures',
    write_catalog_structure: 'éditer les attributs, familles et autres structures',
    read_attribute_options: 'voir les options d’attribut',
    write_attribute_options: 'éditer les options d’attribut',
    read_categories: 'voir les catégories',
    write_categories: 'éditer les catégories',
    read_channel_localization: 'voir les locales et devises',
    read_channel_settings: 'voir les canaux',
    write_channel_settings: 'éditer les canaux',
    read_association_types: 'voir les types d’association',
    write_association_types: 'éditer les types d’association',
    read_catalogs: 'voir les catalogues pour apps',
    write_catalogs: 'éditer les catalogues pour apps',
    delete_catalogs: 'supprimer des catalogues pour apps',
    read_reference_entities: 'voir les entités référentielles',
    write_reference_entities: 'éditer les entités référentielles',
    read_reference_entity_records: 'voir les enregistrements d’entités référentielles',
    write_reference_entity_records: 'éditer les enregistrements d’entités référentielles',
    read_asset_families: 'voir les familles de ressources',
    write_asset_families: 'éditer les familles de ressources',
    read_assets: 'voir les ressources',
    write_assets: 'éditer les ressources',
    delete_assets: 'supprimer des ressources',
    read_workflows: 'voir les workflows',
    read_workflow_step_assignees: 'voir qui travaille sur une étape de workflow',
    read_workflow_tasks: 'voir les tâches de workflow',
    write_workflow_tasks: 'éditer les tâches de workflow',
    create_suggestions: 'faire des suggestions',
    read_suggestions: 'voir les suggestions',
    manage_suggestions: 'accepter et refuser des suggestions',
    openid: 'savoir qui vous êtes',
    profile: 'voir votre nom',
    email: 'voir votre adresse e-mail',
  },
});
