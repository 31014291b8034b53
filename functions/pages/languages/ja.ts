import { language } from '../language.ts';

const OPEN_FROM_PIM =
  'PIM からアプリを開いてください。「接続 > 接続済みのアプリ」に表示されている場合はそこで「アプリを開く」をクリックし、表示されていない場合は「接続 > App Store」で接続してください。';
const TRY_AGAIN = 'もう一度お試しください。データは失われていません。';
const ASK_OPERATOR =
  'このアプリの運営担当者に、結果コードとリクエスト ID を添えてお問い合わせください。';
const TRY_LATER = '1 分ほど待ってから、もう一度お試しください。データは失われていません。';

/**
 * Japanese, with です・ます. The names of the PIM's screens are Akeneo's own.
 *
 * Read by: two of the maintainers, neither of them a native speaker.
 *
 * @see docs/pim-contract.md §8 for the names of the screens
 */
export default language({
  outcome: {
    already_connected: {
      title: 'すでに接続されています',
      next: 'アプリは PIM で使用できます。このタブを閉じてかまいません。',
    },
    connection_shown: {
      title: '接続しました',
      next: 'アプリを PIM で使用できるようになりました。このタブを閉じてかまいません。',
    },
    opened_again: {
      title: '接続されています',
      next: 'ここで必要な操作はありません。アプリは引き続き PIM で使用できます。このタブを閉じてかまいません。',
    },
    rights_missing: {
      title: '一部の権限がありません',
      next: 'アプリは現在の権限で動作しますが、本来の機能の一部を使用できません。',
    },
    shown_before: {
      title: 'この操作は完了しています',
      next: '別のタブなどで、すでに完了しています。アプリが現在も接続されているかどうかは、PIM で確認できます。',
    },
    path_unknown: {
      title: 'このアドレスは存在しません',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'このアドレスは PIM から開いてください',
      next: 'PIM の「接続 > App Store」で「接続」をクリックするか、「接続 > 接続済みのアプリ」で「アプリを開く」をクリックしてください。',
    },
    pim_url_repeated: {
      title: 'このアドレスには複数の PIM が指定されています',
      next: OPEN_FROM_PIM,
    },
    pim_url_malformed: {
      title: 'PIM のアドレスを使用できません',
      next: 'PIM の公開 URL を確認するよう、PIM の管理者に依頼してください。URL は https:// で始まり、ユーザー名、「?」、「#」を含まない必要があります。',
    },
    pim_not_listed: {
      title: 'この PIM はまだアプリに登録されていません',
      next: 'このアプリの運営担当者に PIM の追加を依頼し、その後 PIM からもう一度アプリを開いてください。',
    },
    login_request_malformed: {
      title: 'アプリのリクエストを読み取れません',
      next: OPEN_FROM_PIM,
    },
    login_not_set_up: {
      title: 'このアプリは PIM からのログインに対応していません',
      next: ASK_OPERATOR,
    },
    callback_parameter_repeated: {
      title: 'PIM の応答を読み取れません',
      next: OPEN_FROM_PIM,
    },
    state_malformed: {
      title: 'このアドレスには PIM を経由してアクセスしてください',
      next: OPEN_FROM_PIM,
    },
    state_unknown: {
      title: 'この接続操作は確認できません',
      next: OPEN_FROM_PIM,
    },
    browser_cookie_missing: {
      title: 'ブラウザーから Cookie が送信されませんでした',
      next: 'このサイトの Cookie を許可してください。その後 PIM からアプリを開き、接続が確認できるまで同じブラウザーを使用してください。',
    },
    browser_mismatch: {
      title: 'この操作は別のブラウザーで開始されました',
      next: '開始したブラウザーで続けるか、このブラウザーで PIM からアプリを開いてください。',
    },
    callback_url_mismatch: {
      title: 'この応答は誤ったアドレスに届きました',
      next: OPEN_FROM_PIM,
    },
    flow_expired: {
      title: '操作の有効期限が切れました',
      next: 'もう一度お試しのうえ、30 分以内に PIM で確認してください。',
    },
    flow_already_used: {
      title: 'この操作はすでに使用されています',
      next: 'ページを再読み込みした直後の場合は、数秒待ってからもう一度再読み込みしてください。それ以外の場合は、最初からやり直してください。',
    },
    authorization_denied: {
      title: 'PIM が接続を許可しませんでした',
      next: TRY_AGAIN,
    },
    code_malformed: {
      title: 'PIM の応答が不完全です',
      next: TRY_AGAIN,
    },
    pim_unreachable: {
      title: 'PIM に接続できませんでした',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'PIM の応答に時間がかかりすぎました',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'PIM の応答を使用できません',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'PIM がリクエストを拒否しました',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'PIM が承認を時間内に受け付けませんでした',
      next: TRY_AGAIN,
    },
    pim_answer_lost: {
      title: '応答中に PIM でエラーが発生しました',
      next: 'もう一度お試しください。このページが再び表示される場合は、PIM の管理者に見せてください。エラーは PIM のログに記録されています。',
    },
    code_unknown: {
      title: 'この承認を PIM で確認できません',
      next: TRY_AGAIN,
    },
    client_credentials_refused: {
      title: 'PIM がこのアプリの認証情報を受け付けません',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'この PIM 用のアプリの設定が完了していません',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: '接続はすでに終了しています',
      next: 'もう一度お試しください。PIM で確認を求められた場合、PIM でアプリが切断されていたため、新たに接続されます。',
    },
    token_not_saved: {
      title: '接続を保存できませんでした',
      next: '1 分ほど待ってから、もう一度お試しください。接続は復元され、データが失われることはありません。',
    },
    store_unavailable: {
      title: '現在、このアプリに問題が発生しています',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'このアプリでエラーが発生しました',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    notYours: 'お使いの PIM ユーザーでは許可できない権限：',
    noneInPim: 'PIM で提供されていない権限：',
    notGranted: 'PIM が許可していない権限：',
  },
  sentence: {
    connectedTo: 'アプリは {pim} に接続されています。',
    appConnectedTo: '{app} は {pim} に接続されています。',
  },
  next: {
    notYours:
      'アプリを管理できる PIM ユーザーに、アプリを一度開いてこれらを許可するよう依頼してください。',
    noneInPim: 'この PIM のバージョンまたはエディションにはないため、誰も許可できません。',
    notGranted:
      'アプリを管理できる PIM ユーザーに、アプリを一度開くよう依頼してください。それでもこのページが変わらない場合、その権限は PIM で提供されていません。',
  },
  button: {
    openApp: 'アプリを開く',
    openNamedApp: '{app} を開く',
    tryAgain: 'もう一度試す',
    backToPim: 'PIM に戻る',
    contactSupport: 'サポートに問い合わせる',
    howToConnect: 'アプリの接続方法',
    documentation: 'ドキュメント',
    privacy: 'プライバシー',
  },
  label: {
    details: '技術的な詳細',
    pim: 'PIM',
    resultCode: '結果コード',
    requestId: 'リクエスト ID',
    missingScopes: '不足しているスコープ',
    logo: 'アプリのロゴ',
  },
  tone: {
    success: '完了',
    attention: 'ご確認ください',
    failure: '完了できませんでした',
  },
  right: {
    read_products: '商品の表示',
    write_products: '商品の編集',
    delete_products: '商品の削除',
    read_catalog_structure: '属性、ファミリーなどの構造の表示',
    write_catalog_structure: '属性、ファミリーなどの構造の編集',
    read_attribute_options: '属性オプションの表示',
    write_attribute_options: '属性オプションの編集',
    read_categories: 'カテゴリの表示',
    write_categories: 'カテゴリの編集',
    read_channel_localization: 'ロケールと通貨の表示',
    read_channel_settings: 'チャンネルの表示',
    write_channel_settings: 'チャンネルの編集',
    read_association_types: '関連タイプの表示',
    write_association_types: '関連タイプの編集',
    read_catalogs: 'アプリ用カタログの表示',
    write_catalogs: 'アプリ用カタログの編集',
    delete_catalogs: 'アプリ用カタログの削除',
    read_reference_entities: '参照エンティティの表示',
    write_reference_entities: '参照エンティティの編集',
    read_reference_entity_records: '参照エンティティの記録の表示',
    write_reference_entity_records: '参照エンティティの記録の編集',
    read_asset_families: 'アセットファミリーの表示',
    write_asset_families: 'アセットファミリーの編集',
    read_assets: 'アセットの表示',
    write_assets: 'アセットの編集',
    delete_assets: 'アセットの削除',
    read_workflows: 'ワークフローの表示',
    read_workflow_step_assignees: 'ワークフローのステップの担当者の表示',
    read_workflow_tasks: 'ワークフローのタスクの表示',
    write_workflow_tasks: 'ワークフローのタスクの編集',
    create_suggestions: '提案の作成',
    read_suggestions: '提案の表示',
    manage_suggestions: '提案の承認と却下',
    openid: 'お客様の識別',
    profile: 'お名前の表示',
    email: 'メールアドレスの表示',
  },
});
