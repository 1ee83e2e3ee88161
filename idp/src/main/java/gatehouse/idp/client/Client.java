package gatehouse.idp.client;

import com.nimbusds.jose.jwk.JWKSet;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.spi.ClientId;
import gatehouse.spi.OrganizationId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registered OAuth client (RFC 7591 §2), as the data plane reads it.
 *
 * @param clientId                   its identifier
 * @param issuer                     name of the issuer it is registered at
 * @param organization               the organization it belongs to: only that organization's people may use it; empty:
 *                                   anybody's
 * @param clientName                 what people read
 * @param clientUri                  home page, if any: where an error page may lead back to
 * @param redirectUris               compared exactly (RFC 9700 §2.1), save the port of a loopback address (RFC 8252 §7.3)
 * @param postLogoutRedirectUris     compared exactly
 * @param grantTypes                 {@code authorization_code}, {@code refresh_token}, {@code client_credentials}
 * @param scopes                     scopes it may ask for
 * @param tokenEndpointAuthMethod    {@code none}, {@code client_secret_basic}, {@code client_secret_post},
 *                                   {@code private_key_jwt}
 * @param secrets                    live secrets, hashed; two during a change of secret
 * @param jwks                       its keys by value, for {@code private_key_jwt}
 * @param jwksUri                    its keys by reference
 * @param idTokenSignedResponseAlg   algorithm of its ID tokens
 * @param accessTokenSignedResponseAlg algorithm of its access tokens
 * @param audience                   {@code aud} of its access tokens
 * @param accessTokenLifetime        own lifetime of its access tokens; empty: the issuer's
 * @param firstParty                 whether people are not asked for consent
 * @param enabled                    whether it may be used
 * @param version                    grows with every change
 */
public record Client(
        ClientId clientId,
        String issuer,
        Optional<OrganizationId> organization,
        String clientName,
        Optional<URI> clientUri,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        Set<String> grantTypes,
        Set<String> scopes,
        String tokenEndpointAuthMethod,
        List<ClientSecret> secrets,
        Optional<JWKSet> jwks,
        Optional<URI> jwksUri,
        SigningAlgorithm idTokenSignedResponseAlg,
        SigningAlgorithm accessTokenSignedResponseAlg,
        List<String> audience,
        Optional<Duration> accessTokenLifetime,
        boolean firstParty,
        boolean enabled,
        long version) {}
