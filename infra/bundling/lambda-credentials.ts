/**
 * Stands in the bundles for `@aws-sdk/credential-provider-node`.
 *
 * Removes the credential sources that a Lambda function never uses: configuration files, SSO, processes,
 * web identity, instance metadata, and with them the STS, SSO and sign-in clients, about 130 KB.
 *
 * Safe, because Lambda hands the role's credentials over in environment variables, and what reads them
 * is the SDK's own provider, the first of the chain that is replaced. Outside of the chain it is asked at
 * each call, so rotated values are used at once. Only for Lambda: on a developer's machine it would ignore profiles.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime Lambda's environment variables}
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
