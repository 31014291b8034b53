declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** An HTTP server with DynamoDB's protocol; `close` calls back when its database is closed, too. */
  export default function dynalite(options: {
    /** Folder of the database; in memory if absent. */
    path?: string;
    /** How long a table stays in CREATING, in milliseconds. */
    createTableMs?: number;
  }): Server;
}
