// An OpenID provider that knows nothing of this project: it signs anybody in by the name they type.
//
//   node provider.mjs '{"port": 0, "clients": [...], "keys": [...jwk]}'
//
// Prints {"issuer": …} once it listens. Everything is kept in memory.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const asked = JSON.parse(process.argv[2]);
const server = createServer();
server.listen(asked.port, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: asked.clients,
    jwks: { keys: asked.keys },
    cookies: { keys: ['only for a test'] },
    claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { revocation: { enabled: true } },
    ttl: { AccessToken: 600, IdToken: 600, RefreshToken: 86400, Interaction: 600, Session: 600, Grant: 86400 },
    async findAccount(ctx, sub) {
      const email = `${sub}@city.example`;
      return {
        accountId: sub,
        claims: async () => ({ sub, preferred_username: sub, email, email_verified: !sub.startsWith('new') }),
      };
    },
  });
  server.on('request', provider.callback());
  console.log(JSON.stringify({ issuer }));
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0)); // whoever started it is gone
