import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'Abra la aplicación desde su PIM. Si está en Conectar > Aplicaciones conectadas, haga clic allí en «Abrir aplicación»; si no, conéctela en Conectar > App Store.';
const TRY_AGAIN = 'Inténtelo de nuevo. No se ha perdido nada.';
const ASK_OPERATOR =
  'Pida ayuda al equipo responsable de esta aplicación e indíquele el código de resultado y el ID de la solicitud.';
const TRY_LATER = 'Espere un minuto e inténtelo de nuevo. No se ha perdido nada.';

/**
 * Spanish, with “usted”. The names of the PIM's screens are Akeneo's own.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'La aplicación ya está conectada',
      next: 'La aplicación funciona con su PIM. Puede cerrar esta pestaña.',
    },
    connection_shown: {
      title: 'Aplicación conectada',
      next: 'La aplicación funciona con su PIM a partir de ahora. Puede cerrar esta pestaña.',
    },
    opened_again: {
      title: 'La conexión está activa',
      next: 'Aquí no tiene que hacer nada: la aplicación sigue funcionando con su PIM. Puede cerrar esta pestaña.',
    },
    rights_missing: {
      title: 'Faltan algunos permisos',
      next: 'La aplicación funciona con los permisos que tiene, pero no puede hacer todo aquello para lo que está pensada.',
    },
    shown_before: {
      title: 'Este intento ya ha terminado',
      next: 'Se completó anteriormente, quizá en otra pestaña. En su PIM puede ver si la aplicación sigue conectada.',
    },
    path_unknown: {
      title: 'Esta dirección no existe',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'Esta dirección debe abrirse desde su PIM',
      next: 'En su PIM, vaya a Conectar > App Store y haga clic en «Conectar», o vaya a Conectar > Aplicaciones conectadas y haga clic en «Abrir aplicación».',
    },
    pim_url_repeated: {
      title: 'Esta dirección indica más de un PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'La dirección de su PIM no se puede utilizar',
      next: 'Pida al equipo que administra su PIM que compruebe la URL pública del PIM: debe empezar por https:// y no contener ningún nombre de usuario, «?» ni «#».',
    },
    pim_not_listed: {
      title: 'Esta aplicación aún no conoce su PIM',
      next: 'Pida al equipo responsable de esta aplicación que añada su PIM. Después, abra de nuevo la aplicación desde su PIM.',
    },
    login_request_malformed: {
      title: 'La solicitud de la aplicación no se puede leer',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'El inicio de sesión desde su PIM no está configurado en esta aplicación',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'La respuesta de su PIM no se puede leer',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'A esta dirección solo se llega a través de su PIM',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'No se reconoce este intento de conexión',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'Su navegador no ha enviado la cookie',
      next: 'Permita las cookies de este sitio. Después, abra la aplicación desde su PIM y no cambie de navegador hasta que vea que está conectada.',
    },
    browser_mismatch: {
      title: 'Este intento se inició en otro navegador',
      next: 'Continúe en el navegador en el que empezó o abra la aplicación en este, desde su PIM.',
    },
    callback_url_mismatch: {
      title: 'Esta respuesta ha llegado a la dirección equivocada',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'Este intento ha durado demasiado',
      next: 'Inténtelo de nuevo y confirme en su PIM antes de media hora.',
    },
    flow_already_used: {
      title: 'Este intento ya se ha utilizado',
      next: 'Si acaba de recargar la página, espere unos segundos y vuelva a recargarla. Si no, empiece de nuevo.',
    },
    authorization_denied: {
      title: 'El PIM no ha permitido la conexión',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'La respuesta de su PIM está incompleta',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'No se ha podido acceder a su PIM',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Su PIM ha tardado demasiado en responder',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'La respuesta de su PIM no se puede utilizar',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Su PIM ha rechazado la solicitud',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Su PIM no ha aceptado a tiempo su propia autorización',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'Se ha producido un error en su PIM mientras respondía',
      next: 'Inténtelo de nuevo. Si vuelve a ver esta página, muéstrela al equipo que administra su PIM: el error figura en el registro del PIM.',
    },
    code_unknown: {
      title: 'Su PIM no conoce esta autorización',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'Su PIM no acepta las credenciales de esta aplicación',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'Esta aplicación no está del todo configurada para su PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'La conexión ha finalizado entretanto',
      next: 'Inténtelo de nuevo. Si su PIM le pide entonces una confirmación, es que la aplicación se había desconectado allí; se conectará de nuevo.',
    },
    token_not_saved: {
      title: 'No se ha podido guardar la conexión',
      next: 'Espere un minuto e inténtelo de nuevo: así se recupera la conexión, no se ha perdido nada.',
    },
    store_unavailable: {
      title: 'Esta aplicación tiene un problema en este momento',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Se ha producido un error en esta aplicación',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'Su cuenta del PIM no puede conceder:',
    noneInPim: 'Su PIM no ofrece:',
    notGranted: 'Su PIM no ha concedido:',
  },
  sentence: {
    connectedTo: 'La aplicación está conectada a {pim}.',
    appConnectedTo: '{app} está conectada a {pim}.',
  },
  next: {
    notYours:
      'Pida a una persona que pueda administrar aplicaciones en el PIM que abra la aplicación una vez y conceda estos permisos.',
    noneInPim: 'Nadie puede concederlos en este PIM: su versión o edición no los tiene.',
    notGranted:
      'Pida a una persona que pueda administrar aplicaciones en el PIM que abra la aplicación una vez. Si esta página no cambia, su PIM no ofrece estos permisos.',
  },
  button: {
    openApp: 'Abrir la aplicación',
    openNamedApp: 'Abrir {app}',
    tryAgain: 'Intentar de nuevo',
    backToPim: 'Volver a su PIM',
    contactSupport: 'Contactar con el soporte',
    howToConnect: 'Cómo conectar una aplicación',
    documentation: 'Documentación',
    privacy: 'Privacidad',
  },
  label: {
    details: 'Detalles técnicos',
    pim: 'PIM',
    resultCode: 'Código de resultado',
    requestId: 'ID de la solicitud',
    missingScopes: 'Scopes que faltan',
    logo: 'Logo de la aplicación',
  },
  tone: {
    success: 'Listo',
    attention: 'Atención',
    failure: 'No ha funcionado',
  },
  right: {
    read_products: 'ver productos',
    write_products: 'editar productos',
    delete_products: 'eliminar productos',
    read_catalog_structure: 'ver atributos, familias y demás estructura',
    write_catalog_structure: 'editar atributos, familias y demás estructura',
    read_attribute_options: 'ver opciones de atributo',
    write_attribute_options: 'editar opciones de atributo',
    read_categories: 'ver categorías',
    write_categories: 'editar categorías',
    read_channel_localization: 'ver configuraciones regionales y monedas',
    read_channel_settings: 'ver canales',
    write_channel_settings: 'editar canales',
    read_association_types: 'ver tipos de asociación',
    write_association_types: 'editar tipos de asociación',
    read_catalogs: 'ver catálogos para aplicaciones',
    write_catalogs: 'editar catálogos para aplicaciones',
    delete_catalogs: 'eliminar catálogos para aplicaciones',
    read_reference_entities: 'ver entidades de referencia',
    write_reference_entities: 'editar entidades de referencia',
    read_reference_entity_records: 'ver registros de entidades de referencia',
    write_reference_entity_records: 'editar registros de entidades de referencia',
    read_asset_families: 'ver familias de activos',
    write_asset_families: 'editar familias de activos',
    read_assets: 'ver activos',
    write_assets: 'editar activos',
    delete_assets: 'eliminar activos',
    read_workflows: 'ver flujos de trabajo',
    read_workflow_step_assignees: 'ver quién trabaja en un paso de un flujo de trabajo',
    read_workflow_tasks: 'ver tareas de flujos de trabajo',
    write_workflow_tasks: 'editar tareas de flujos de trabajo',
    create_suggestions: 'hacer sugerencias',
    read_suggestions: 'ver sugerencias',
    manage_suggestions: 'aceptar y rechazar sugerencias',
    openid: 'saber quién es usted',
    profile: 'ver su nombre',
    email: 'ver su dirección de correo electrónico',
  },
});
