import { Agent } from 'node:http';
import { Socket } from 'node:net';

/** Hands out sockets that stay connecting for ever, as where a firewall drops every packet. */
export class AgentWithoutNetwork extends Agent {
  /** How many connections were asked for. */
  connections = 0;

  override createConnection(): Socket {
    this.connections += 1;
    return Object.defineProperty(new Socket(), 'connecting', { value: true });
  }
}
