<?php

declare(strict_types=1);

namespace App\Akeneo;

use Aws\DynamoDb\DynamoDbClient;
use Aws\DynamoDb\Exception\DynamoDbException;

/** Tells who has opened the App. */
final class Logins
{
    public function __construct(
        private readonly DynamoDbClient $dynamoDb,
        private readonly string $table,
    ) {
    }

    /** @return array<string, mixed>|null null for a code that is unknown, used, too old or another verifier's */
    public function redeem(string $code, string $verifier): ?array
    {
        if ('' === $code || \strlen($verifier) < 43) {
            return null;
        }
        [$id, $key] = str_split(hash_hkdf('sha256', $code, 64, 'akeneo-app-activation code'), 32);
        try {
            $sealed = $this->dynamoDb->deleteItem([
                'TableName' => $this->table,
                'Key' => ['id' => ['S' => 'code.'.self::base64url($id)]],
                'ConditionExpression' => 'codeChallenge = :challenge AND expiresAt > :now',
                'ExpressionAttributeValues' => [
                    ':challenge' => ['S' => self::base64url(hash('sha256', $verifier, true))],
                    ':now' => ['N' => (string) time()],
                ],
                'ReturnValues' => 'ALL_OLD',
            ])['Attributes']['sealed']['B'];
        } catch (DynamoDbException $error) {
            return 'ConditionalCheckFailedException' === $error->getAwsErrorCode() ? null : throw $error;
        }
        [$nonce, $text, $tag] = [substr($sealed, 0, 12), substr($sealed, 12, -16), substr($sealed, -16)];
        $login = openssl_decrypt($text, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $nonce, $tag);

        return json_decode((string) $login, true, flags: JSON_THROW_ON_ERROR);
    }

    private static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
