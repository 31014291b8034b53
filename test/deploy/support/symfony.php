<?php

/**
 * Makes the service `Connections` as Symfony does, of the example's `config/services.yaml`: `symfony.php <folder of the
 * example> [<pim> [<client id>]]`. Counts the products of the PIM; without one, tells the table and the key of the service.
 */

declare(strict_types=1);

use App\Akeneo\Connections;
use App\Akeneo\NotConnected;
use Symfony\Component\Config\FileLocator;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\DependencyInjection\Dumper\PhpDumper;
use Symfony\Component\DependencyInjection\Loader\YamlFileLoader;

$folder = $argv[1];
$packages = getenv('COMPOSER_VENDOR_DIR');
if ($packages) {
    require $packages.'/autoload.php';
}
// Debian's, where Composer has brought none.
if (!class_exists(ContainerBuilder::class)) {
    require '/usr/share/php/Symfony/Component/DependencyInjection/autoload.php';
}
spl_autoload_register(static function (string $class) use ($folder): void {
    $file = $folder.'/src/'.str_replace(['App\\', '\\'], ['', '/'], $class).'.php';
    if (str_starts_with($class, 'App\\') && is_file($file)) {
        require $file;
    }
});
// The wiring can be tried without the SDK of AWS.
foreach (['Aws\DynamoDb\DynamoDbClient', 'Aws\Kms\KmsClient'] as $client) {
    if (!class_exists($client)) {
        class_alias(get_class(new class([]) { public function __construct(array $options) {} }), $client);
    }
}

$builder = new ContainerBuilder();
(new YamlFileLoader($builder, new FileLocator($folder.'/config')))->load('services.yaml');
$builder->setParameter('kernel.environment', 'test');
$builder->getDefinition(Connections::class)->setPublic(true);
$builder->compile();
eval('?>'.(new PhpDumper($builder))->dump(['class' => 'WiredServices']));
$connections = (new WiredServices())->get(Connections::class);

if (!isset($argv[2])) {
    $value = static fn (string $name): string => (new ReflectionProperty($connections, $name))->getValue($connections);
    echo $value('table'), ' ', $value('tokenKeyId'), "\n";
    exit;
}
try {
    echo $connections->with($argv[2], $argv[3] ?? null, static fn ($client) => iterator_count($client->getProductApi()->all())), "\n";
} catch (NotConnected $reason) {
    fwrite(STDERR, $reason->getMessage()."\n");
    exit(1);
}
