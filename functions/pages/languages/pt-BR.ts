import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'Abra o app a partir do seu PIM. Se ele estiver em Connect > Connected Apps, clique ali em “Open app”; se não, conecte-o em Connect > App Store.';
const TRY_AGAIN = 'Tente novamente. Nada foi perdido.';
const ASK_OPERATOR =
  'Peça ajuda à equipe responsável por este app e informe o código de resultado e o ID da solicitação.';
const TRY_LATER = 'Aguarde um minuto e tente novamente. Nada foi perdido.';

/**
 * Brazilian Portuguese, with “você”. The PIM's screens for Apps are not translated into it, so their names are English.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'O app já está conectado',
      next: 'O app funciona com o seu PIM. Você pode fechar esta aba.',
    },
    connection_shown: {
      title: 'App conectado',
      next: 'A partir de agora, o app funciona com o seu PIM. Você pode fechar esta aba.',
    },
    opened_again: {
      title: 'A conexão está ativa',
      next: 'Não há nada a fazer aqui: o app continua funcionando com o seu PIM. Você pode fechar esta aba.',
    },
    rights_missing: {
      title: 'Faltam algumas permissões',
      next: 'O app funciona com as permissões que tem, mas não pode fazer tudo aquilo para que foi criado.',
    },
    shown_before: {
      title: 'Esta tentativa já foi concluída',
      next: 'Ela terminou antes, talvez em outra aba. O seu PIM mostra se o app continua conectado nele.',
    },
    path_unknown: {
      title: 'Este endereço não existe',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'Este endereço deve ser aberto a partir do seu PIM',
      next: 'No seu PIM, acesse Connect > App Store e clique em “Connect”, ou acesse Connect > Connected Apps e clique em “Open app”.',
    },
    pim_url_repeated: {
      title: 'Este endereço indica mais de um PIM',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'O endereço do seu PIM não pode ser usado',
      next: 'Peça a quem administra o seu PIM que verifique a URL pública dele: ela deve começar com https:// e não pode conter nome de usuário, “?” nem “#”.',
    },
    pim_not_listed: {
      title: 'Este app ainda não conhece o seu PIM',
      next: 'Peça à equipe responsável por este app que adicione o seu PIM. Depois, abra o app novamente a partir do seu PIM.',
    },
    login_request_malformed: {
      title: 'A solicitação do app não pode ser lida',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'O login pelo seu PIM não está configurado neste app',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'A resposta do seu PIM não pode ser lida',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'Este endereço só é acessado por meio do seu PIM',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'Esta tentativa de conexão não foi reconhecida',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'O seu navegador não enviou o cookie',
      next: 'Permita cookies para este site. Depois, abra o app a partir do seu PIM e não troque de navegador até ver que ele está conectado.',
    },
    browser_mismatch: {
      title: 'Esta tentativa foi iniciada em outro navegador',
      next: 'Continue no navegador em que você começou ou abra o app neste, a partir do seu PIM.',
    },
    callback_url_mismatch: {
      title: 'Esta resposta chegou ao endereço errado',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: 'Esta tentativa demorou demais',
      next: 'Tente novamente e confirme no seu PIM em até meia hora.',
    },
    flow_already_used: {
      title: 'Esta tentativa já foi usada',
      next: 'Se você acabou de recarregar a página, aguarde alguns segundos e recarregue-a de novo. Caso contrário, comece novamente.',
    },
    authorization_denied: {
      title: 'O PIM não permitiu a conexão',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'A resposta do seu PIM está incompleta',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'Não foi possível acessar o seu PIM',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'O seu PIM demorou demais para responder',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'A resposta do seu PIM não pode ser usada',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'O seu PIM recusou a solicitação',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'O seu PIM não aceitou a tempo a própria autorização',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: 'Ocorreu um erro no seu PIM durante a resposta',
      next: 'Tente novamente. Se esta página aparecer de novo, mostre-a a quem administra o seu PIM: o erro está no log do PIM.',
    },
    code_unknown: {
      title: 'O seu PIM não conhece esta autorização',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'O seu PIM não aceita as credenciais deste app',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'Este app não está totalmente configurado para o seu PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'A conexão foi encerrada nesse meio-tempo',
      next: 'Tente novamente. Se o seu PIM pedir uma confirmação, é porque o app havia sido desconectado nele e será conectado de novo.',
    },
    token_not_saved: {
      title: 'Não foi possível salvar a conexão',
      next: 'Aguarde um minuto e tente novamente: isso recupera a conexão, nada foi perdido.',
    },
    store_unavailable: {
      title: 'Este app está com um problema no momento',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Ocorreu um erro neste app',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'A sua conta no PIM não pode conceder:',
    noneInPim: 'O seu PIM não oferece:',
    notGranted: 'O seu PIM não concedeu:',
  },
  sentence: {
    connectedTo: 'O app está conectado a {pim}.',
    appConnectedTo: '{app} está conectado a {pim}.',
  },
  next: {
    notYours:
      'Peça a uma pessoa que possa gerenciar apps no PIM que abra o app uma vez e conceda essas permissões.',
    noneInPim: 'Ninguém pode concedê-las neste PIM: a versão ou edição dele não as tem.',
    notGranted:
      'Peça a uma pessoa que possa gerenciar apps no PIM que abra o app uma vez. Se esta página não mudar, o seu PIM não oferece essas permissões.',
  },
  button: {
    openApp: 'Abrir o app',
    openNamedApp: 'Abrir {app}',
    tryAgain: 'Tentar novamente',
    backToPim: 'Voltar ao seu PIM',
    contactSupport: 'Falar com o suporte',
    howToConnect: 'Como conectar um app',
    documentation: 'Documentação',
    privacy: 'Privacidade',
  },
  label: {
    details: 'Detalhes técnicos',
    pim: 'PIM',
    resultCode: 'Código de resultado',
    requestId: 'ID da solicitação',
    missingScopes: 'Escopos ausentes',
    logo: 'Logotipo do app',
  },
  tone: {
    success: 'Concluído',
    attention: 'Atenção',
    failure: 'Não funcionou',
  },
  right: {
    read_products: 'ver produtos',
    write_products: 'editar produtos',
    delete_products: 'excluir produtos',
    read_catalog_structure: 'ver atributos, famílias e outras estruturas',
    write_catalog_structure: 'editar atributos, famílias e outras estruturas',
    read_attribute_options: 'ver opções de atributo',
    write_attribute_options: 'editar opções de atributo',
    read_categories: 'ver categorias',
    write_categories: 'editar categorias',
    read_channel_localization: 'ver localidades e moedas',
    read_channel_settings: 'ver canais',
    write_channel_settings: 'editar canais',
    read_association_types: 'ver tipos de associação',
    write_association_types: 'editar tipos de associação',
    read_catalogs: 'ver catálogos para apps',
    write_catalogs: 'editar catálogos para apps',
    delete_catalogs: 'excluir catálogos para apps',
    read_reference_entities: 'ver entidades de referência',
    write_reference_entities: 'editar entidades de referência',
    read_reference_entity_records: 'ver registros de entidades de referência',
    write_reference_entity_records: 'editar registros de entidades de referência',
    read_asset_families: 'ver famílias de ativos',
    write_asset_families: 'editar famílias de ativos',
    read_assets: 'ver ativos',
    write_assets: 'editar ativos',
    delete_assets: 'excluir ativos',
    read_workflows: 'ver fluxos de trabalho',
    read_workflow_step_assignees: 'ver quem trabalha em uma etapa de fluxo de trabalho',
    read_workflow_tasks: 'ver tarefas de fluxos de trabalho',
    write_workflow_tasks: 'editar tarefas de fluxos de trabalho',
    create_suggestions: 'fazer sugestões',
    read_suggestions: 'ver sugestões',
    manage_suggestions: 'aceitar e recusar sugestões',
    openid: 'saber quem você é',
    profile: 'ver o seu nome',
    email: 'ver o seu endereço de e-mail',
  },
});
