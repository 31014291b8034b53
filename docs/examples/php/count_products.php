<?php

/** Counts the products of a PIM: `php count_products.php <pim> [<client id>]`. In Symfony, inject `Connections`. */

declare(strict_types=1);

use Akeneo\Pim\ApiClient\AkeneoPimClientInterface;
use App\Akeneo\Connections;
use App\Akeneo\NotConnected;
use Aws\DynamoDb\DynamoDbClient;
use Aws\Kms\KmsClient;

require (getenv('COMPOSER_VENDOR_DIR') ?: __DIR__.'/vendor').'/autoload.php';

$setting = static fn (string $name): string => getenv($name) ?: throw new RuntimeException("{$name} is not set.");
$connections = new Connections(
    new DynamoDbClient([]),
    new KmsClient([]),
    $setting('AKENEO_APP_CONNECTIONS_TABLE'),
    $setting('AKENEO_APP_TOKEN_KEY_ID'),
);
$count = static fn (AkeneoPimClientInterface $client): int => iterator_count($client->getProductApi()->all());

try {
    echo $connections->with($argv[1], $argv[2] ?? null, $count), "\n";
} catch (NotConnected $reason) {
    fwrite(STDERR, $reason->getMessage()."\n");
    exit(1);
}
