<?php

declare(strict_types=1);

namespace App\Akeneo;

use Akeneo\Pim\ApiClient\Client\ClientInterface;
use GuzzleHttp\Client;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;
use GuzzleHttp\Promise\PromiseInterface;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

/** After a 429 it waits as the PIM asks. It follows no redirect: no other host sees the token. */
final class PatientClient implements ClientInterface
{
    private const MOST_ATTEMPTS = 5;

    private readonly Client $guzzle;

    public function __construct()
    {
        $isLimited = static fn (int $retries, RequestInterface $request, ?ResponseInterface $response = null): bool
            => $retries < self::MOST_ATTEMPTS - 1 && 429 === $response?->getStatusCode();
        $waitMs = static fn (int $retries, ResponseInterface $response): int
            => 1000 * max((int) $response->getHeaderLine('Retry-After'), 2 ** ($retries - 1));
        $stack = HandlerStack::create();
        $stack->push(Middleware::retry($isLimited, $waitMs));
        $this->guzzle = new Client(['handler' => $stack, 'allow_redirects' => false, 'timeout' => 30]);
    }

    public function sendRequest(RequestInterface $request): ResponseInterface
    {
        return $this->guzzle->sendRequest($request);
    }

    public function sendAsync(RequestInterface $request): PromiseInterface
    {
        return $this->guzzle->sendAsync($request, ['http_errors' => false]);
    }
}
