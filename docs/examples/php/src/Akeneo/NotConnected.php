<?php

declare(strict_types=1);

namespace App\Akeneo;

/** The App may not call this PIM, or cannot tell with which connection. The message holds no token. */
final class NotConnected extends \RuntimeException
{
}
