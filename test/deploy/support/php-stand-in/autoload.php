<?php

/**
 * Stands in for the packages of Composer where its registry cannot be reached: it loads the example's own classes, and has
 * the one call of the AWS SDK that redeeming makes, unsigned, as a DynamoDB on a developer's machine takes it.
 */

declare(strict_types=1);

namespace Aws\DynamoDb\Exception {
    final class DynamoDbException extends \RuntimeException
    {
        public function getAwsErrorCode(): string
        {
            return $this->getMessage();
        }
    }
}

namespace Aws\DynamoDb {
    use Aws\DynamoDb\Exception\DynamoDbException;

    final class DynamoDbClient
    {
        private const SIGNATURE = 'AWS4-HMAC-SHA256 Credential=local/20300101/eu-west-1/dynamodb/aws4_request, '
            .'SignedHeaders=host, Signature=0';

        public function __construct(array $config)
        {
        }

        public function deleteItem(array $input): array
        {
            $headers = [
                'Content-Type: application/x-amz-json-1.0',
                'X-Amz-Target: DynamoDB_20120810.DeleteItem',
                'X-Amz-Date: 20300101T000000Z',
                'Authorization: '.self::SIGNATURE,
            ];
            $http = ['method' => 'POST', 'header' => $headers, 'content' => json_encode($input), 'ignore_errors' => true];
            $url = (string) getenv('AWS_ENDPOINT_URL_DYNAMODB');
            $text = (string) file_get_contents($url, false, stream_context_create(['http' => $http]));
            $answer = json_decode($text, true, flags: JSON_THROW_ON_ERROR);
            if (isset($answer['__type'])) {
                throw new DynamoDbException(explode('#', $answer['__type'])[1]);
            }
            $sealed = $answer['Attributes']['sealed']['B'];
            $answer['Attributes']['sealed']['B'] = base64_decode($sealed, true);

            return $answer;
        }
    }
}

namespace {
    spl_autoload_register(static function (string $class): void {
        $file = __DIR__.'/../../../../docs/examples/php/src/'.strtr(substr($class, 4), '\\', '/').'.php';
        if (str_starts_with($class, 'App\\')) {
            require $file;
        }
    });
}
