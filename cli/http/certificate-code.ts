/**
 * Whether the code of an error is one of those by which Node refuses a certificate.
 *
 * @see {@link https://nodejs.org/api/tls.html#x509-certificate-error-codes X509 certificate error codes}
 */
export function isCertificateCode(code: string): boolean {
  return /CERT|^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)$/.test(
    code,
  );
}
