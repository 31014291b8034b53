<?php

declare(strict_types=1);

namespace App\Akeneo;

use Akeneo\Pim\ApiClient\AkeneoPimClientBuilder;
use Akeneo\Pim\ApiClient\AkeneoPimClientInterface;
use Akeneo\Pim\ApiClient\Exception\UnauthorizedHttpException;
use Aws\DynamoDb\DynamoDbClient;
use Aws\Kms\KmsClient;
use GuzzleHttp\Psr7\HttpFactory;

/** The PIMs that the App is connected to, each as a client of its REST API. */
final class Connections
{
    public function __construct(
        private readonly DynamoDbClient $dynamoDb,
        private readonly KmsClient $kms,
        private readonly string $table,
        private readonly string $tokenKeyId,
    ) {
    }

    /**
     * Runs a piece of work with a client of the PIM. After a 401 it reads the connection again: if the token has been
     * replaced, the work runs once more.
     *
     * @param string      $pim      normalised, such as https://my.cloud.akeneo.com
     * @param string|null $clientId of the App in that PIM; null for the PIM's only connection
     * @param callable(AkeneoPimClientInterface): mixed $work
     *
     * @throws NotConnected
     */
    public function with(string $pim, ?string $clientId, callable $work): mixed
    {
        $row = $this->row($pim, $clientId);
        try {
            return $work($this->client($row));
        } catch (UnauthorizedHttpException) {
            $again = $this->row($pim, $clientId);
            if ($again['tokenFingerprint'] === $row['tokenFingerprint']) {
                throw new NotConnected("{$pim} refuses the token: a PIM user has disconnected the App.");
            }

            return $work($this->client($again));
        }
    }

    /** @return array<string, array<string, string>> a row whose connection works, as far as anybody has noticed */
    private function row(string $pim, ?string $clientId): array
    {
        $rows = null === $clientId ? $this->rowsOf($pim) : $this->rowOf($pim, $clientId);
        if (1 !== count($rows)) {
            throw new NotConnected([] === $rows ? "{$pim} is not connected." : "{$pim} has several connections: pass a client id.");
        }
        if ('connected' !== $rows[0]['status']['S']) {
            throw new NotConnected("{$pim} is {$rows[0]['status']['S']}.");
        }

        return $rows[0];
    }

    private function rowOf(string $pim, string $clientId): array
    {
        $answer = $this->dynamoDb->getItem([
            'TableName' => $this->table,
            'Key' => ['pim' => ['S' => $pim], 'clientId' => ['S' => $clientId]],
            'ConsistentRead' => true,
        ]);

        return array_filter([$answer['Item']]);
    }

    private function rowsOf(string $pim): array
    {
        return $this->dynamoDb->query([
            'TableName' => $this->table,
            'KeyConditionExpression' => 'pim = :pim',
            'ExpressionAttributeValues' => [':pim' => ['S' => $pim]],
            'ConsistentRead' => true,
        ])['Items'];
    }

    private function client(array $row): AkeneoPimClientInterface
    {
        $context = ['pim' => $row['pim']['S'], 'clientId' => $row['clientId']['S']];
        $token = $this->kms->decrypt([
            'CiphertextBlob' => $row['encryptedToken']['B'],
            'EncryptionContext' => $context,
            'KeyId' => $this->tokenKeyId,
        ])['Plaintext'];
        $factory = new HttpFactory();

        return (new AkeneoPimClientBuilder($context['pim']))
            ->setHttpClient(new PatientClient())
            ->setRequestFactory($factory)
            ->setStreamFactory($factory)
            ->buildAuthenticatedByAppToken($token);
    }
}
