<?php

/** An App that greets PIM users by name: `php -S localhost:8080 greet_by_name.php`. See “Try it” in docs/logins.md. */

declare(strict_types=1);

use App\Akeneo\Logins;
use Aws\DynamoDb\DynamoDbClient;

require (getenv('COMPOSER_VENDOR_DIR') ?: __DIR__.'/vendor').'/autoload.php';

/** Not for longer: the PIM does not say that its user has logged out, or may no longer use the App. */
const SESSION_SECONDS = 8 * 60 * 60;

session_start([
    'name' => '__Host-session',
    'cookie_secure' => true,
    'cookie_httponly' => true,
    'cookie_samesite' => 'Lax',
    'use_strict_mode' => true,
    'gc_maxlifetime' => SESSION_SECONDS,
]);
header('Referrer-Policy: no-referrer');

echo match ($_SERVER['REQUEST_METHOD'].' '.parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    'GET /login' => ask(parameter('pim_url')),
    'GET /login/done' => greet(isset($_SESSION['asked']) ? answered() : loggedIn()),
    'GET /' => greet(loggedIn()),
    // Not by GET, so that no other page logs anybody out.
    'POST /logout' => logOut(),
    default => greet(null),
};

/** The login URL: any browser comes here, with any address of a PIM, so it only asks. */
function ask(string $pim): string
{
    [$state, $verifier] = [bin2hex(random_bytes(32)), bin2hex(random_bytes(32))];
    $_SESSION['asked'] = ['pim' => $pim, 'state' => $state, 'verifier' => $verifier];
    $challenge = rtrim(strtr(base64_encode(hash('sha256', $verifier, true)), '+/', '-_'), '=');

    return redirect(getenv('AKENEO_APP_LOGIN_URL').'?'.http_build_query([
        'pim_url' => $pim,
        'state' => $state,
        'code_challenge' => $challenge,
        'code_challenge_method' => 'S256',
    ]));
}

/** The redirect URL: an answer counts once, and only in the browser that was asked. Its code is used up by that. */
function answered(): ?array
{
    ['pim' => $pim, 'state' => $state, 'verifier' => $verifier] = $_SESSION['asked'];
    unset($_SESSION['asked']);
    if (!hash_equals($state, parameter('state')) || $pim !== parameter('iss')) {
        return null;
    }
    $logins = new Logins(new DynamoDbClient([]), (string) getenv('AKENEO_APP_LOGINS_TABLE'));
    $login = $logins->redeem(parameter('code'), $verifier);
    if (null !== $login) {
        // So that nobody is logged in under an id that somebody else has chosen.
        session_regenerate_id(true);
        $_SESSION = ['login' => $login, 'until' => time() + SESSION_SECONDS];
    }

    return $login;
}

function loggedIn(): ?array
{
    return time() < ($_SESSION['until'] ?? 0) ? $_SESSION['login'] : null;
}

function logOut(): string
{
    session_destroy();

    return redirect('/', 303);
}

/** It says who and where: a PIM that somebody else runs could have logged this browser in as its own user. */
function greet(?array $login): string
{
    if (null === $login) {
        http_response_code(403);

        return page('<h1>Open the App in your PIM</h1><p>Your PIM says who you are: click “Open app” there.</p>');
    }
    $name = htmlspecialchars(trim(($login['givenName'] ?? '').' '.($login['familyName'] ?? '')) ?: 'PIM user');
    $pim = htmlspecialchars(explode('/', $login['pim'])[2]);

    return page("<h1>Hello <bdi>$name</bdi></h1><p>You are here for <strong>$pim</strong>.</p>"
        .'<form method="post" action="/logout"><button>Log out</button></form>');
}

function page(string $content): string
{
    $head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>My App</title>';

    return "<!doctype html><html lang=\"en\">$head<main>$content</main></html>";
}

function redirect(string $location, int $status = 302): string
{
    header("Location: $location", true, $status);

    return '';
}

/** A parameter of the query; empty for one that is a list, too. */
function parameter(string $name): string
{
    return (string) filter_input(INPUT_GET, $name);
}
